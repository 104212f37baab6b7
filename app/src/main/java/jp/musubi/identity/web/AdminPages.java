package jp.musubi.identity.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.web.SentForm;
import jp.musubi.common.web.Times;
import jp.musubi.identity.Action;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Scope;
import jp.musubi.identity.store.AuditList;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where administrators begin, and what happened. */
@Controller
@Requires(Action.ADMINISTER)
class AdminPages {

    private static final int LINES = 50;

    /** No year beyond 9999, which databases cannot keep. */
    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final CurrentActor actor;
    private final Responses responses;
    private final Organisations organisations;
    private final People people;
    private final AuditList audit;
    private final Times times;
    private final java.time.Clock realTime;

    AdminPages(
            CurrentActor actor,
            Responses responses,
            Organisations organisations,
            People people,
            AuditList audit,
            Times times,
            java.time.Clock realTime) {
        this.actor = actor;
        this.responses = responses;
        this.organisations = organisations;
        this.people = people;
        this.audit = audit;
        this.times = times;
        this.realTime = realTime;
    }

    @GetMapping("/admin")
    String start(Model model) {
        boolean whole = actor.mayDo(Action.ADMINISTER, Scope.installation());
        model.addAttribute("whole", whole);
        model.addAttribute(
                "responses",
                responses.listEntries().stream().filter(ResponseEntry::isOpen).count());
        model.addAttribute("organisations", organisations.listOrganisations().size());
        model.addAttribute(
                "people", people.listPeople().stream().filter(Person::active).count());
        model.addAttribute(
                "neverIn",
                people.listEntries().stream()
                        .filter(entry ->
                                entry.person().active() && entry.lastSignInAt().isEmpty())
                        .count());
        if (whole) {
            model.addAttribute("history", audit.listChanges(everything(), 1, 8).lines());
        }
        return "admin/start";
    }

    @GetMapping("/admin/audit")
    String changes(
            @RequestParam MultiValueMap<String, String> asked,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        actor.require(Action.ADMINISTER, Scope.installation());
        SentForm form = SentForm.of(asked);
        AuditList.Filter filter = new AuditList.Filter(
                optional(form, "login"),
                optional(form, "aggregate"),
                optional(form, "id").filter(id -> id.matches("\\d{1,18}")).map(Long::valueOf),
                optional(form, "response")
                        .flatMap(code -> responses
                                .findByCode(code)
                                .map(found -> found.id().value())),
                day(form, "from", 0),
                day(form, "until", 1));
        model.addAttribute("form", form);
        model.addAttribute("list", audit.listChanges(filter, Math.max(1, page), LINES));
        model.addAttribute("aggregates", audit.listAggregates());
        model.addAttribute("people", people.listPeople());
        model.addAttribute("responses", responses.listResponses());
        return "admin/audit";
    }

    @GetMapping("/admin/audit/sign-ins")
    String signIns(
            @RequestParam(defaultValue = "") String login, @RequestParam(defaultValue = "1") int page, Model model) {
        actor.require(Action.ADMINISTER, Scope.installation());
        model.addAttribute("login", login);
        model.addAttribute(
                "list",
                audit.listSignIns(Optional.of(login).filter(value -> !value.isBlank()), Math.max(1, page), LINES));
        model.addAttribute("people", people.listPeople());
        model.addAttribute("now", realTime.instant());
        return "admin/sign-ins";
    }

    private static AuditList.Filter everything() {
        return new AuditList.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> optional(SentForm form, String field) {
        return Optional.of(form.value(field)).filter(value -> !value.isEmpty());
    }

    /** The beginning of a day in the zone the page shows; days that cannot be read are said beside the field. */
    private Optional<Instant> day(SentForm form, String field, int daysLater) {
        try {
            return optional(form, field)
                    .map(text -> LocalDate.parse(text, DAY)
                            .plusDays(daysLater)
                            .atStartOfDay(times.zone())
                            .toInstant());
        } catch (DateTimeParseException e) {
            form.reject(field, "form.day");
            return Optional.empty();
        }
    }
}
