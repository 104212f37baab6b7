package jp.musubi.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Grant;
import jp.musubi.identity.GrantEntry;
import jp.musubi.identity.GrantId;
import jp.musubi.identity.Granting;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonDetails;
import jp.musubi.identity.PersonEntry;
import jp.musubi.identity.PersonId;
import jp.musubi.identity.Role;
import jp.musubi.identity.Scope;
import jp.musubi.identity.store.AuditList;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * People with access: invitations, roles, lost access. An administrator of one organisation sees and edits its people
 * only, and gives no role that reaches further than the own.
 */
@Controller
@Requires(Action.ADMINISTER)
class PeoplePages {

    private final CurrentActor actor;
    private final People people;
    private final Organisations organisations;
    private final Responses responses;
    private final EditPeople edit;
    private final Regions regions;
    private final AuditList audit;

    PeoplePages(
            CurrentActor actor,
            People people,
            Organisations organisations,
            Responses responses,
            EditPeople edit,
            Regions regions,
            AuditList audit) {
        this.actor = actor;
        this.people = people;
        this.organisations = organisations;
        this.responses = responses;
        this.edit = edit;
        this.regions = regions;
        this.audit = audit;
    }

    /** A line of the list. */
    record PersonLine(PersonEntry entry, String organisation, List<Role> roles) {}

    /** A role as the page shows it: how far it reaches, in words. */
    record GrantLine(GrantEntry entry, String organisation, String region, String response, String grantedBy) {}

    @GetMapping("/admin/people")
    ModelAndView list(Locale locale) {
        Map<OrganisationId, String> names = organisationNames(locale);
        Map<PersonId, List<Role>> roles = people.listGrantEntries().stream()
                .collect(Collectors.groupingBy(
                        GrantEntry::person,
                        Collectors.mapping(entry -> entry.grant().role(), Collectors.toList())));
        ModelAndView page = new ModelAndView("admin/people");
        page.addObject(
                "lines",
                people.listEntries().stream()
                        .filter(entry -> mayEdit(entry.person().organisation()))
                        .map(entry -> new PersonLine(
                                entry,
                                names.getOrDefault(entry.person().organisation(), ""),
                                roles.getOrDefault(entry.id(), List.of()).stream()
                                        .distinct()
                                        .sorted()
                                        .toList()))
                        .toList());
        return page;
    }

    @GetMapping("/admin/people/new")
    ModelAndView askForNew(Locale locale) {
        return invitation(SentForm.with(Map.of("language", "ja")), HttpStatus.OK, locale);
    }

    @PostMapping("/admin/people")
    ModelAndView invite(
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            HttpServletRequest request,
            Locale locale) {
        SentForm form = SentForm.of(sent);
        String login = form.required("login", 100, Person.LOGIN_PATTERN, "admin.person.login.wrong");
        PersonDetails details = details(form);
        Optional<OrganisationId> organisation = organisation(form, "organisation", true);
        Optional<Locale> language = language(form);
        Optional<Grant> grant = grant(form, locale);
        organisation.ifPresent(id -> {
            if (!mayEdit(id)) {
                form.reject("organisation", "admin.grant.refused.MORE_THAN_OWN");
            }
        });
        if (form.error("login") == null && people.findByLogin(login).isPresent()) {
            form.reject("login", "admin.person.login.taken");
        }
        if (!form.isValid() || organisation.isEmpty() || language.isEmpty() || grant.isEmpty()) {
            return invitation(form, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        try {
            EditPeople.Outcome outcome =
                    edit.invite(actor.actor(), login, details, organisation.get(), language.get(), grant.get());
            if (outcome instanceof EditPeople.Outcome.Invited invited) {
                showOnce(redirect, request, invited.token(), "admin.person.invited");
                return toPerson(invited.person());
            }
            form.reject("role", "admin.grant.refused." + ((EditPeople.Outcome.Refused) outcome).refusal());
        } catch (DataIntegrityViolationException e) {
            form.reject("login", "admin.person.login.taken");
        }
        return invitation(form, HttpStatus.UNPROCESSABLE_CONTENT, locale);
    }

    @GetMapping("/admin/people/{id}")
    ModelAndView show(@PathVariable long id, Locale locale) {
        PersonEntry entry = edit.look(find(id).id());
        return page(form(entry), entry, HttpStatus.OK, locale);
    }

    @PostMapping("/admin/people/{id}")
    ModelAndView change(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        PersonEntry entry = find(id);
        SentForm form = SentForm.of(sent);
        PersonDetails details = details(form);
        Optional<OrganisationId> organisation = organisation(form, "organisation", true);
        organisation.ifPresent(to -> {
            if (!mayEdit(to)) {
                form.reject("organisation", "admin.grant.refused.MORE_THAN_OWN");
            }
        });
        Optional<Locale> language = language(form);
        if (!form.isValid() || organisation.isEmpty() || language.isEmpty()) {
            return page(form, entry, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        try {
            edit.change(entry.id(), details, organisation.get(), language.get(), form.version());
        } catch (ChangedMeanwhile e) {
            return conflict(form, find(id), locale);
        }
        Notice.done("admin.saved").showOnNextPage(redirect);
        return toPerson(entry.id());
    }

    @PostMapping("/admin/people/{id}/link")
    ModelAndView renewLink(@PathVariable long id, RedirectAttributes redirect, HttpServletRequest request) {
        PersonEntry entry = findToActFor(id);
        if (!entry.person().active()) {
            throw new Problem(HttpStatus.CONFLICT, "problem.person-inactive");
        }
        showOnce(redirect, request, edit.renewLink(entry), "admin.person.link.made");
        return toPerson(entry.id());
    }

    @PostMapping("/admin/people/{id}/sign-out")
    ModelAndView signOut(@PathVariable long id, RedirectAttributes redirect) {
        PersonEntry entry = findToActFor(id);
        edit.signOutEverywhere(entry.id());
        Notice.done("admin.person.signed-out", entry.person().login()).showOnNextPage(redirect);
        return toPerson(entry.id());
    }

    @PostMapping("/admin/people/{id}/deactivate")
    ModelAndView deactivate(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        PersonEntry entry = findToActFor(id);
        SentForm form = form(entry);
        try {
            if (edit.deactivate(entry.id(), SentForm.of(sent).version())
                    instanceof EditPeople.Outcome.Refused refused) {
                form.reject("deactivate", "admin.grant.refused." + refused.refusal());
                return page(form, entry, HttpStatus.UNPROCESSABLE_CONTENT, locale);
            }
        } catch (ChangedMeanwhile e) {
            return conflict(form, find(id), locale);
        }
        Notice.done("admin.person.deactivated", entry.person().login())
                .undoneBy("/admin/people/" + id + "/reactivate", Map.of("version", String.valueOf(find(id).version())))
                .showOnNextPage(redirect);
        return toPerson(entry.id());
    }

    @PostMapping("/admin/people/{id}/reactivate")
    ModelAndView reactivate(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        PersonEntry entry = findToActFor(id);
        try {
            edit.reactivate(entry.id(), SentForm.of(sent).version());
        } catch (ChangedMeanwhile e) {
            return conflict(form(entry), find(id), locale);
        }
        Notice.done("admin.person.reactivated", entry.person().login()).showOnNextPage(redirect);
        return toPerson(entry.id());
    }

    @PostMapping("/admin/people/{id}/grants")
    ModelAndView grant(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        PersonEntry entry = find(id);
        SentForm granting = SentForm.of(sent);
        Optional<Grant> grant = grant(granting, locale);
        if (grant.isPresent()) {
            EditPeople.Outcome outcome = edit.grant(actor.actor(), entry.id(), grant.get());
            if (outcome instanceof EditPeople.Outcome.Written written) {
                Notice.done("admin.grant.given")
                        .undoneBy(
                                "/admin/people/" + id + "/grants/"
                                        + written.grant().map(GrantId::value).orElse(0L) + "/revoke",
                                Map.of())
                        .showOnNextPage(redirect);
                return toPerson(entry.id());
            }
            granting.reject("role", "admin.grant.refused." + ((EditPeople.Outcome.Refused) outcome).refusal());
        }
        ModelAndView page = page(form(entry), entry, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        page.addObject("granting", granting);
        return page;
    }

    @PostMapping("/admin/people/{id}/grants/{grant}/revoke")
    ModelAndView revoke(
            @PathVariable long id, @PathVariable("grant") long grantId, RedirectAttributes redirect, Locale locale) {
        PersonEntry entry = find(id);
        Optional<GrantEntry> held = people.listGrantEntries().stream()
                .filter(grant -> grant.id().value() == grantId && grant.person().equals(entry.id()))
                .findFirst();
        Optional<EditPeople.Outcome> outcome = held.flatMap(grant -> edit.revoke(actor.actor(), grant.id()));
        if (outcome.isEmpty()) {
            Notice.done("admin.grant.gone").showOnNextPage(redirect);
        } else if (outcome.get() instanceof EditPeople.Outcome.Refused refused) {
            SentForm form = form(entry);
            form.reject("grants", "admin.grant.refused." + refused.refusal());
            return page(form, entry, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        } else {
            Notice.done("admin.grant.revoked")
                    .undoneBy(
                            "/admin/people/" + id + "/grants",
                            values(held.orElseThrow().grant(), locale))
                    .showOnNextPage(redirect);
        }
        return toPerson(entry.id());
    }

    private PersonEntry find(long id) {
        Person person = people.findById(new PersonId(id))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        actor.require(Action.ADMINISTER, Scope.installation().forOrganisation(person.organisation()));
        return people.getEntry(person.id());
    }

    private PersonEntry findToActFor(long id) {
        PersonEntry entry = find(id);
        edit.requireMayActFor(actor.actor(), entry.id());
        return entry;
    }

    private boolean mayEdit(OrganisationId organisation) {
        return actor.mayDo(Action.ADMINISTER, Scope.installation().forOrganisation(organisation));
    }

    private static PersonDetails details(SentForm form) {
        return new PersonDetails(
                form.required("name", 200),
                form.optional("email", 254, PersonDetails.EMAIL_PATTERN, "admin.person.email.wrong"),
                form.optional("phone", 40, PersonDetails.PHONE_PATTERN, "admin.person.phone.wrong"));
    }

    private static Optional<Locale> language(SentForm form) {
        return form.oneOf("language", Set.of("ja", "en")).map(Locale::forLanguageTag);
    }

    private Optional<OrganisationId> organisation(SentForm form, String field, boolean needed) {
        String value = form.value(field);
        if (value.isEmpty() && !needed) {
            return Optional.empty();
        }
        Optional<OrganisationId> known = organisations.listOrganisations().stream()
                .map(Organisation::id)
                .filter(id -> String.valueOf(id.value()).equals(value))
                .findFirst();
        if (known.isEmpty()) {
            form.reject(field, "form.choose");
        }
        return known;
    }

    private Optional<Grant> grant(SentForm form, Locale locale) {
        Optional<Role> role = form.oneOf("role", Role.class);
        Optional<OrganisationId> organisation = organisation(form, "grantOrganisation", false);
        Optional<String> region = regions.readRegion(form, "region", locale);
        Optional<ResponseId> response = Optional.empty();
        if (!form.value("response").isEmpty()) {
            response = responses.findByCode(form.value("response")).map(Response::id);
            if (response.isEmpty()) {
                form.reject("response", "form.choose");
            }
        }
        boolean valid = form.error("role") == null
                && form.error("grantOrganisation") == null
                && form.error("region") == null
                && form.error("response") == null;
        return valid && role.isPresent()
                ? Optional.of(new Grant(role.get(), organisation, region, response))
                : Optional.empty();
    }

    private Map<String, String> values(Grant grant, Locale locale) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("role", grant.role().name());
        values.put(
                "grantOrganisation",
                grant.organisation().map(id -> String.valueOf(id.value())).orElse(""));
        values.put(
                "region", grant.region().map(code -> regions.name(code, locale)).orElse(""));
        values.put(
                "response",
                grant.response().map(responses::getById).map(Response::code).orElse(""));
        return values;
    }

    private SentForm form(PersonEntry entry) {
        return SentForm.with(Map.of(
                "name", entry.details().name(),
                "email", entry.details().email().orElse(""),
                "phone", entry.details().phone().orElse(""),
                "organisation", String.valueOf(entry.person().organisation().value()),
                "language", entry.person().language().toLanguageTag(),
                "version", String.valueOf(entry.version())));
    }

    /** The link stands in the session until the next page has shown it, and nowhere else. */
    private static void showOnce(
            RedirectAttributes redirect, HttpServletRequest request, String token, String noticeCode) {
        redirect.addFlashAttribute(
                "link",
                ServletUriComponentsBuilder.fromContextPath(request)
                        .path("/signin/{token}")
                        .buildAndExpand(token)
                        .toUriString());
        redirect.addFlashAttribute("linkText", noticeCode);
    }

    private static ModelAndView toPerson(PersonId id) {
        return new ModelAndView("redirect:/admin/people/" + id.value());
    }

    private ModelAndView invitation(SentForm form, HttpStatus status, Locale locale) {
        ModelAndView page = new ModelAndView("admin/invite");
        page.setStatus(status);
        page.addObject("form", form);
        addChoices(page, locale);
        return page;
    }

    private ModelAndView conflict(SentForm mine, PersonEntry theirs, Locale locale) {
        ModelAndView page = page(mine, theirs, HttpStatus.CONFLICT, locale);
        mine.set("version", String.valueOf(theirs.version()));
        page.addObject("theirs", form(theirs));
        return page;
    }

    private ModelAndView page(SentForm form, PersonEntry entry, HttpStatus status, Locale locale) {
        ModelAndView page = new ModelAndView("admin/person");
        page.setStatus(status);
        page.addObject("form", form);
        page.addObject("known", entry);
        page.addObject("granting", SentForm.with(Map.of()));
        page.addObject("fields", List.of("name", "email", "phone", "organisation", "language"));
        page.addObject("isSelf", actor.person().equals(Optional.of(entry.id())));
        Map<PersonId, String> logins =
                people.listPeople().stream().collect(Collectors.toMap(Person::id, Person::login));
        Map<OrganisationId, String> names = organisationNames(locale);
        List<GrantLine> grants = new ArrayList<>();
        for (GrantEntry grant : people.listGrantEntries()) {
            if (grant.person().equals(entry.id())) {
                grants.add(new GrantLine(
                        grant,
                        grant.grant()
                                .organisation()
                                .map(id -> names.getOrDefault(id, ""))
                                .orElse(""),
                        grant.grant()
                                .region()
                                .map(code -> regions.name(code, locale))
                                .orElse(""),
                        grant.grant()
                                .response()
                                .map(responses::getById)
                                .map(response -> response.name(locale))
                                .orElse(""),
                        grant.grantedBy().map(by -> logins.getOrDefault(by, "")).orElse("")));
            }
        }
        page.addObject("grants", grants);
        page.addObject(
                "revocable",
                grants.stream()
                        .filter(line -> actor.mayDo(
                                Action.ADMINISTER, Granting.reach(line.entry().grant())))
                        .map(line -> line.entry().id())
                        .collect(Collectors.toSet()));
        page.addObject(
                "history",
                audit.listChanges(
                                new AuditList.Filter(
                                        Optional.empty(),
                                        Optional.of("person"),
                                        Optional.of(entry.id().value()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                1,
                                20)
                        .lines());
        addChoices(page, locale);
        return page;
    }

    private void addChoices(ModelAndView page, Locale locale) {
        page.addObject("roles", Role.values());
        page.addObject(
                "organisations",
                organisations.listOrganisations().stream()
                        .filter(organisation -> mayEdit(organisation.id()))
                        .toList());
        page.addObject("responses", responses.listResponses());
        page.addObject("regions", regions.listRegions(locale));
    }

    private Map<OrganisationId, String> organisationNames(Locale locale) {
        return organisations.listEntries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.id(), entry -> entry.organisation().name(locale)));
    }
}
