package jp.musubi.identity.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationTree;
import jp.musubi.identity.OrganisationTree.Refusal;
import jp.musubi.identity.Organisations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Edits of the tree of organisations: one transaction each, with its line of history. */
@Component
class EditOrganisations {

    private static final String AGGREGATE = "organisation";

    private final Organisations organisations;
    private final Edits edits;

    EditOrganisations(Organisations organisations, Edits edits) {
        this.organisations = organisations;
        this.edits = edits;
    }

    /** What became of an edit: a rule said no, or it is written. */
    sealed interface Outcome {
        record Refused(Refusal refusal) implements Outcome {}

        record Written(OrganisationEntry entry) implements Outcome {}
    }

    @Transactional
    public Outcome add(Organisation draft) {
        Optional<Refusal> refusal = tree().refuseToAdd(draft);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        OrganisationEntry added =
                organisations.getEntry(organisations.add(draft).id());
        record(added.id(), "create", Map.of(), fields(added));
        return new Outcome.Written(added);
    }

    @Transactional
    public Outcome change(Organisation changed, long version) {
        Optional<Refusal> refusal = tree().refuseToRename(changed);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        OrganisationEntry before = organisations.getEntry(changed.id());
        OrganisationEntry after = organisations.change(changed, version);
        record(changed.id(), "change", fields(before), fields(after));
        return new Outcome.Written(after);
    }

    @Transactional
    public Outcome close(OrganisationId id, long version) {
        Optional<Refusal> refusal = tree().refuseToClose(id);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        OrganisationEntry before = organisations.getEntry(id);
        OrganisationEntry after = organisations.close(id, version);
        record(id, "close", fields(before), fields(after));
        return new Outcome.Written(after);
    }

    @Transactional
    public Outcome reopen(OrganisationId id, long version) {
        Optional<Refusal> refusal = tree().refuseToReopen(id);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        OrganisationEntry before = organisations.getEntry(id);
        OrganisationEntry after = organisations.reopen(id, version);
        record(id, "reopen", fields(before), fields(after));
        return new Outcome.Written(after);
    }

    private OrganisationTree tree() {
        return new OrganisationTree(organisations.listEntries());
    }

    private void record(OrganisationId id, String action, Map<String, Object> before, Map<String, Object> after) {
        edits.record(Optional.empty(), AGGREGATE, id.value(), action, before, after);
    }

    private static Map<String, Object> fields(OrganisationEntry entry) {
        Organisation organisation = entry.organisation();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", organisation.kind().name());
        fields.put("nameJa", organisation.nameJa());
        fields.put("nameEn", organisation.nameEn());
        organisation.parent().ifPresent(parent -> fields.put("parent", parent.value()));
        organisation.municipalityCode().ifPresent(code -> fields.put("municipality", code));
        fields.put("open", entry.isOpen());
        return fields;
    }
}
