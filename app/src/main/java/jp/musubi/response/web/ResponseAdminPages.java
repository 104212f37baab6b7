package jp.musubi.response.web;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.store.AuditList;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Opening, changing and closing responses. */
@Controller
@Requires(Action.ADMINISTER)
class ResponseAdminPages {

    private final CurrentActor actor;
    private final Responses responses;
    private final EditResponses edit;
    private final AuditList audit;
    private final Clock realTime;

    ResponseAdminPages(CurrentActor actor, Responses responses, EditResponses edit, AuditList audit, Clock realTime) {
        this.actor = actor;
        this.responses = responses;
        this.edit = edit;
        this.audit = audit;
        this.realTime = realTime;
    }

    @GetMapping("/admin/responses")
    String list(Model model) {
        model.addAttribute(
                "entries",
                responses.listEntries().stream()
                        .filter(entry -> actor.mayDo(
                                Action.ADMINISTER, Scope.of(entry.response().id())))
                        .map(entry ->
                                new ResponseLine(entry, entry.response().clock().now(realTime)))
                        .toList());
        model.addAttribute("mayOpen", actor.mayDo(Action.ADMINISTER, Scope.installation()));
        return "admin/responses";
    }

    /**
     * A line of the list.
     *
     * @param now what time it is inside the response
     */
    record ResponseLine(ResponseEntry entry, java.time.Instant now) {}

    @GetMapping("/admin/responses/new")
    ModelAndView askForNew() {
        actor.require(Action.ADMINISTER, Scope.installation());
        return page(ResponseForm.empty(), Optional.empty(), HttpStatus.OK);
    }

    @PostMapping("/admin/responses")
    ModelAndView open(@RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect) {
        actor.require(Action.ADMINISTER, Scope.installation());
        SentForm form = ResponseForm.sent(sent);
        Optional<Response> draft = ResponseForm.read(form, Optional.empty(), realTime);
        if (responses.findByCode(form.value("code")).isPresent()) {
            form.reject("code", "admin.response.code.taken");
        }
        if (draft.isEmpty() || !form.isValid()) {
            return page(form, Optional.empty(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            ResponseEntry opened = edit.open(draft.get());
            Notice.done("admin.response.opened", opened.response().code()).showOnNextPage(redirect);
            return new ModelAndView(
                    "redirect:/admin/responses/" + opened.response().code());
        } catch (DataIntegrityViolationException e) {
            form.reject("code", "admin.response.code.taken");
            return page(form, Optional.empty(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/admin/responses/{code}")
    ModelAndView show(@PathVariable String code) {
        ResponseEntry entry = find(code);
        return page(ResponseForm.of(entry, realTime), Optional.of(entry), HttpStatus.OK);
    }

    @PostMapping("/admin/responses/{code}")
    ModelAndView change(
            @PathVariable String code, @RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect) {
        ResponseEntry entry = find(code);
        SentForm form = ResponseForm.sent(sent);
        Optional<Response> changed = ResponseForm.read(form, Optional.of(entry.response()), realTime);
        if (changed.isEmpty()) {
            return page(form, Optional.of(entry), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            edit.change(changed.get(), form.version());
        } catch (ChangedMeanwhile e) {
            return conflict(form, find(code));
        }
        Notice.done("admin.saved").showOnNextPage(redirect);
        return new ModelAndView("redirect:/admin/responses/" + code);
    }

    @PostMapping("/admin/responses/{code}/close")
    ModelAndView close(
            @PathVariable String code, @RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect) {
        ResponseEntry entry = find(code);
        SentForm form = SentForm.of(sent);
        if (!form.value("confirm").equals(code)) {
            ModelAndView page =
                    page(ResponseForm.of(entry, realTime), Optional.of(entry), HttpStatus.UNPROCESSABLE_CONTENT);
            form.reject("confirm", "admin.response.close.confirm.wrong", code);
            page.addObject("closing", form);
            return page;
        }
        try {
            ResponseEntry closed = edit.close(entry.response().id(), form.version());
            Notice.done("admin.response.closed", code)
                    .undoneBy(
                            "/admin/responses/" + code + "/reopen",
                            java.util.Map.of("version", String.valueOf(closed.version())))
                    .showOnNextPage(redirect);
        } catch (ChangedMeanwhile e) {
            return conflict(ResponseForm.of(entry, realTime), find(code));
        }
        return new ModelAndView("redirect:/admin/responses/" + code);
    }

    @PostMapping("/admin/responses/{code}/reopen")
    ModelAndView reopen(
            @PathVariable String code, @RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect) {
        ResponseEntry entry = find(code);
        try {
            edit.reopen(entry.response().id(), SentForm.of(sent).version());
        } catch (ChangedMeanwhile e) {
            return conflict(ResponseForm.of(entry, realTime), find(code));
        }
        Notice.done("admin.response.reopened", code).showOnNextPage(redirect);
        return new ModelAndView("redirect:/admin/responses/" + code);
    }

    private ResponseEntry find(String code) {
        Response response = responses.findByCode(code).orElseThrow(NoResponse::new);
        actor.require(Action.ADMINISTER, Scope.of(response.id()));
        return responses.getEntry(response.id());
    }

    /** Shows what was typed beside what somebody else made of it; saving again then keeps the reader's. */
    private ModelAndView conflict(SentForm mine, ResponseEntry theirs) {
        ModelAndView page = page(mine, Optional.of(theirs), HttpStatus.CONFLICT);
        mine.set("version", String.valueOf(theirs.version()));
        page.addObject("theirs", ResponseForm.of(theirs, realTime));
        return page;
    }

    private ModelAndView page(SentForm form, Optional<ResponseEntry> known, HttpStatus status) {
        ModelAndView page = new ModelAndView("admin/response");
        page.setStatus(status);
        page.addObject("form", form);
        page.addObject("known", known.orElse(null));
        page.addObject("zones", new TreeSet<>(ZoneId.getAvailableZoneIds()));
        page.addObject("languages", ResponseForm.LANGUAGES);
        known.ifPresent(entry -> page.addObject(
                "history",
                audit.listChanges(
                                new AuditList.Filter(
                                        Optional.empty(),
                                        Optional.of("response"),
                                        Optional.of(entry.response().id().value()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                1,
                                20)
                        .lines()));
        page.addObject(
                "fields",
                List.of("nameJa", "nameEn", "zone", "south", "west", "north", "east", "clock", "clockAt", "training"));
        return page;
    }
}
