package jp.musubi.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organisations as a tree, and what may be done to it. */
public final class OrganisationTree {

    private static final Comparator<OrganisationEntry> ORDER = Comparator.comparing(
                    (OrganisationEntry entry) -> entry.organisation().kind())
            .thenComparing(entry -> entry.organisation().nameJa())
            .thenComparing(entry -> entry.id().value());

    private final Map<OrganisationId, OrganisationEntry> entries = new HashMap<>();
    private final Map<Optional<OrganisationId>, List<OrganisationEntry>> children = new HashMap<>();

    public OrganisationTree(List<OrganisationEntry> all) {
        for (OrganisationEntry entry : all) {
            entries.put(entry.id(), entry);
            children.computeIfAbsent(entry.organisation().parent(), parent -> new ArrayList<>())
                    .add(entry);
        }
        children.values().forEach(list -> list.sort(ORDER));
    }

    /**
     * A place in the tree.
     *
     * @param depth 0 for an organisation that belongs to no other
     */
    public record Node(OrganisationEntry entry, int depth) {}

    /** Why something cannot be done to the tree. */
    public enum Refusal {
        PARENT_NEEDED,
        PARENT_OF_THIS_KIND_IMPOSSIBLE,
        NO_PARENT_POSSIBLE,
        PARENT_CLOSED,
        NAME_TAKEN,
        HAS_OPEN_PARTS,
        HAS_PEOPLE
    }

    /** Every organisation after the one it belongs to. */
    public List<Node> listNodes() {
        List<Node> nodes = new ArrayList<>();
        collect(Optional.empty(), 0, nodes);
        return nodes;
    }

    /** Whether the kind stands below another organisation: members and offices do. */
    public static boolean needsParent(OrganisationKind kind) {
        return kind == OrganisationKind.MEMBER || kind == OrganisationKind.OFFICE;
    }

    /** Union → member co-operative → office; an office may also belong to the union. The others stand alone. */
    public static boolean fitsBelow(OrganisationKind kind, OrganisationKind parent) {
        return switch (kind) {
            case MEMBER -> parent == OrganisationKind.UNION;
            case OFFICE -> parent == OrganisationKind.UNION || parent == OrganisationKind.MEMBER;
            case UNION, MUNICIPALITY, DONOR -> false;
        };
    }

    /** @throws IllegalArgumentException if there is no organisation with the parent's id */
    public Optional<Refusal> refuseToAdd(Organisation draft) {
        if (draft.parent().isEmpty()) {
            return needsParent(draft.kind()) ? Optional.of(Refusal.PARENT_NEEDED) : refuseName(draft.parent(), draft);
        }
        if (!needsParent(draft.kind())) {
            return Optional.of(Refusal.NO_PARENT_POSSIBLE);
        }
        OrganisationEntry parent = get(draft.parent().get());
        if (!fitsBelow(draft.kind(), parent.organisation().kind())) {
            return Optional.of(Refusal.PARENT_OF_THIS_KIND_IMPOSSIBLE);
        }
        return parent.isOpen() ? refuseName(draft.parent(), draft) : Optional.of(Refusal.PARENT_CLOSED);
    }

    /** @throws IllegalArgumentException if there is no organisation with this id */
    public Optional<Refusal> refuseToRename(Organisation changed) {
        return refuseName(get(changed.id()).organisation().parent(), changed);
    }

    /**
     * An organisation with open parts or with people who have access is not closed: nobody loses access by the way.
     *
     * @throws IllegalArgumentException if there is no organisation with this id
     */
    public Optional<Refusal> refuseToClose(OrganisationId id) {
        if (children.getOrDefault(Optional.of(id), List.of()).stream().anyMatch(OrganisationEntry::isOpen)) {
            return Optional.of(Refusal.HAS_OPEN_PARTS);
        }
        return get(id).activePeople() > 0 ? Optional.of(Refusal.HAS_PEOPLE) : Optional.empty();
    }

    /** @throws IllegalArgumentException if there is no organisation with this id */
    public Optional<Refusal> refuseToReopen(OrganisationId id) {
        Organisation organisation = get(id).organisation();
        if (organisation.parent().map(parent -> !get(parent).isOpen()).orElse(false)) {
            return Optional.of(Refusal.PARENT_CLOSED);
        }
        return refuseName(organisation.parent(), organisation);
    }

    /** Two open neighbours of the same kind with the same name could not be told apart. */
    private Optional<Refusal> refuseName(Optional<OrganisationId> parent, Organisation named) {
        boolean taken = children.getOrDefault(parent, List.of()).stream()
                .filter(OrganisationEntry::isOpen)
                .map(OrganisationEntry::organisation)
                .filter(other -> !other.id().equals(named.id()) && other.kind() == named.kind())
                .anyMatch(other ->
                        other.nameJa().equals(named.nameJa()) || other.nameEn().equalsIgnoreCase(named.nameEn()));
        return taken ? Optional.of(Refusal.NAME_TAKEN) : Optional.empty();
    }

    private OrganisationEntry get(OrganisationId id) {
        OrganisationEntry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("There is no organisation with id " + id.value() + ".");
        }
        return entry;
    }

    private void collect(Optional<OrganisationId> parent, int depth, List<Node> into) {
        for (OrganisationEntry entry : children.getOrDefault(parent, List.of())) {
            into.add(new Node(entry, depth));
            collect(Optional.of(entry.id()), depth + 1, into);
        }
    }
}
