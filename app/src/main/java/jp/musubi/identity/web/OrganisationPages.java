package jp.musubi.identity.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.OrganisationTree;
import jp.musubi.identity.OrganisationTree.Refusal;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.Scope;
import jp.musubi.identity.store.AuditList;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tree of organisations: add, rename, close. */
@Controller
@Requires(Action.ADMINISTER)
class OrganisationPages {

    private final CurrentActor actor;
    private final Organisations organisations;
    private final EditOrganisations edit;
    private final Regions regions;
    private final AuditList audit;

    OrganisationPages(
            CurrentActor actor, Organisations organisations, EditOrganisations edit, Regions regions, AuditList audit) {
        this.actor = actor;
        this.organisations = organisations;
        this.edit = edit;
        this.regions = regions;
        this.audit = audit;
    }

    @GetMapping("/admin/organisations")
    ModelAndView list() {
        ModelAndView page = new ModelAndView("admin/organisations");
        page.addObject(
                "nodes",
                new OrganisationTree(organisations.listEntries())
                        .listNodes().stream()
                                .filter(node -> mayEdit(node.entry().id()))
                                .toList());
        page.addObject("mayAdd", actor.mayDo(Action.ADMINISTER, Scope.installation()));
        return page;
    }

    @GetMapping("/admin/organisations/new")
    ModelAndView askForNew(
            @RequestParam(defaultValue = "OFFICE") String kind,
            @RequestParam(defaultValue = "") String parent,
            Locale locale) {
        actor.require(Action.ADMINISTER, Scope.installation());
        return page(SentForm.with(Map.of("kind", kind, "parent", parent)), Optional.empty(), HttpStatus.OK, locale);
    }

    @PostMapping("/admin/organisations")
    ModelAndView add(@RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect, Locale locale) {
        actor.require(Action.ADMINISTER, Scope.installation());
        SentForm form = SentForm.of(sent);
        Optional<OrganisationKind> kind = form.oneOf("kind", OrganisationKind.class);
        Optional<OrganisationId> parent = form.optional("parent", 18, "\\d+", "form.choose")
                .filter(id -> form.error("parent") == null)
                .map(id -> new OrganisationId(Long.parseLong(id)));
        if (parent.isPresent() && organisations.findById(parent.get()).isEmpty()) {
            form.reject("parent", "form.choose");
        }
        Optional<Organisation> draft = kind.flatMap(is -> read(form, new OrganisationId(0), parent, is, locale));
        if (draft.isEmpty() || !form.isValid()) {
            return page(form, Optional.empty(), HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        EditOrganisations.Outcome outcome = edit.add(draft.get());
        if (outcome instanceof EditOrganisations.Outcome.Refused refused) {
            form.reject(fieldOf(refused.refusal()), "admin.organisation.refused." + refused.refusal());
            return page(form, Optional.empty(), HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        Notice.done("admin.organisation.added", draft.get().name(locale)).showOnNextPage(redirect);
        return new ModelAndView("redirect:/admin/organisations");
    }

    @GetMapping("/admin/organisations/{id}")
    ModelAndView show(@PathVariable long id, Locale locale) {
        OrganisationEntry entry = find(id);
        return page(form(entry, locale), Optional.of(entry), HttpStatus.OK, locale);
    }

    @PostMapping("/admin/organisations/{id}")
    ModelAndView change(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        OrganisationEntry entry = find(id);
        SentForm form = SentForm.of(sent);
        Optional<Organisation> changed = read(
                form,
                entry.id(),
                entry.organisation().parent(),
                entry.organisation().kind(),
                locale);
        if (changed.isEmpty()) {
            return page(form, Optional.of(entry), HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        try {
            if (edit.change(changed.get(), form.version()) instanceof EditOrganisations.Outcome.Refused refused) {
                form.reject(fieldOf(refused.refusal()), "admin.organisation.refused." + refused.refusal());
                return page(form, Optional.of(entry), HttpStatus.UNPROCESSABLE_CONTENT, locale);
            }
        } catch (ChangedMeanwhile e) {
            return conflict(form, find(id), locale);
        }
        Notice.done("admin.saved").showOnNextPage(redirect);
        return new ModelAndView("redirect:/admin/organisations/" + id);
    }

    @PostMapping("/admin/organisations/{id}/close")
    ModelAndView close(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        OrganisationEntry entry = find(id);
        SentForm form = form(entry, locale);
        try {
            EditOrganisations.Outcome outcome =
                    edit.close(entry.id(), SentForm.of(sent).version());
            if (outcome instanceof EditOrganisations.Outcome.Written written) {
                Notice.done("admin.organisation.closed", entry.organisation().name(locale))
                        .undoneBy(
                                "/admin/organisations/" + id + "/reopen",
                                Map.of("version", String.valueOf(written.entry().version())))
                        .showOnNextPage(redirect);
                return new ModelAndView("redirect:/admin/organisations/" + id);
            }
            form.reject(
                    "close", "admin.organisation.refused." + ((EditOrganisations.Outcome.Refused) outcome).refusal());
            return page(form, Optional.of(entry), HttpStatus.UNPROCESSABLE_CONTENT, locale);
        } catch (ChangedMeanwhile e) {
            return conflict(form, find(id), locale);
        }
    }

    @PostMapping("/admin/organisations/{id}/reopen")
    ModelAndView reopen(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect,
            Locale locale) {
        OrganisationEntry entry = find(id);
        SentForm form = form(entry, locale);
        try {
            if (edit.reopen(entry.id(), SentForm.of(sent).version())
                    instanceof EditOrganisations.Outcome.Refused refused) {
                form.reject("close", "admin.organisation.refused." + refused.refusal());
                return page(form, Optional.of(entry), HttpStatus.UNPROCESSABLE_CONTENT, locale);
            }
        } catch (ChangedMeanwhile e) {
            return conflict(form, find(id), locale);
        }
        Notice.done("admin.organisation.reopened", entry.organisation().name(locale))
                .showOnNextPage(redirect);
        return new ModelAndView("redirect:/admin/organisations/" + id);
    }

    private boolean mayEdit(OrganisationId id) {
        return actor.mayDo(Action.ADMINISTER, Scope.installation().forOrganisation(id));
    }

    private OrganisationEntry find(long id) {
        OrganisationId organisation = new OrganisationId(id);
        actor.require(Action.ADMINISTER, Scope.installation().forOrganisation(organisation));
        if (organisations.findById(organisation).isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "problem.not-found");
        }
        return organisations.getEntry(organisation);
    }

    private Optional<Organisation> read(
            SentForm form, OrganisationId id, Optional<OrganisationId> parent, OrganisationKind kind, Locale locale) {
        String nameJa = form.required("nameJa", 200);
        String nameEn = form.required("nameEn", 200);
        Optional<String> municipality = regions.readMunicipality(form, "municipality", locale);
        return form.isValid()
                ? Optional.of(new Organisation(id, parent, kind, nameJa, nameEn, municipality))
                : Optional.empty();
    }

    private static String fieldOf(Refusal refusal) {
        return switch (refusal) {
            case PARENT_NEEDED, PARENT_OF_THIS_KIND_IMPOSSIBLE, NO_PARENT_POSSIBLE, PARENT_CLOSED -> "parent";
            case NAME_TAKEN -> "nameJa";
            case HAS_OPEN_PARTS, HAS_PEOPLE -> "close";
        };
    }

    private SentForm form(OrganisationEntry entry, Locale locale) {
        return SentForm.with(Map.of(
                "nameJa", entry.organisation().nameJa(),
                "nameEn", entry.organisation().nameEn(),
                "municipality",
                        entry.organisation()
                                .municipalityCode()
                                .map(code -> regions.name(code, locale))
                                .orElse(""),
                "version", String.valueOf(entry.version())));
    }

    private ModelAndView conflict(SentForm mine, OrganisationEntry theirs, Locale locale) {
        ModelAndView page = page(mine, Optional.of(theirs), HttpStatus.CONFLICT, locale);
        mine.set("version", String.valueOf(theirs.version()));
        page.addObject("theirs", form(theirs, locale));
        return page;
    }

    private ModelAndView page(SentForm form, Optional<OrganisationEntry> known, HttpStatus status, Locale locale) {
        ModelAndView page = new ModelAndView("admin/organisation");
        page.setStatus(status);
        page.addObject("form", form);
        page.addObject("known", known.orElse(null));
        page.addObject("kinds", OrganisationKind.values());
        page.addObject(
                "parents",
                new OrganisationTree(organisations.listEntries())
                        .listNodes().stream()
                                .filter(node -> node.entry().isOpen())
                                .filter(node -> OrganisationTree.fitsBelow(
                                        OrganisationKind.OFFICE,
                                        node.entry().organisation().kind()))
                                .toList());
        page.addObject("municipalities", regions.listMunicipalities(locale));
        page.addObject("fields", List.of("nameJa", "nameEn", "municipality"));
        known.ifPresent(entry -> page.addObject(
                "history",
                audit.listChanges(
                                new AuditList.Filter(
                                        Optional.empty(),
                                        Optional.of("organisation"),
                                        Optional.of(entry.id().value()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                1,
                                20)
                        .lines()));
        return page;
    }
}
