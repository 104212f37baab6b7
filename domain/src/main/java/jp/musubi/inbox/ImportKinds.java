package jp.musubi.inbox;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of this installation, each registered by its feature. */
public final class ImportKinds {

    private final Map<String, ImportKind<?>> kinds = new LinkedHashMap<>();
    private final Map<String, ColumnMatcher> matchers = new LinkedHashMap<>();

    public ImportKinds(List<? extends ImportKind<?>> registered) {
        for (ImportKind<?> kind : registered.stream()
                .sorted(Comparator.comparing(ImportKind<?>::name))
                .toList()) {
            if (!kind.name().matches("[a-z][a-z-]{1,31}")) {
                throw new IllegalArgumentException(
                        "A kind's name has lower case letters and hyphens, but was \"" + kind.name() + "\".");
            }
            if (kinds.put(kind.name(), kind) != null) {
                throw new IllegalArgumentException("Two kinds are called \"" + kind.name() + "\".");
            }
            matchers.put(kind.name(), new ColumnMatcher(kind.columns()));
        }
    }

    public List<ImportKind<?>> list() {
        return List.copyOf(kinds.values());
    }

    public Optional<ImportKind<?>> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /**
     * @throws IllegalArgumentException if there is no such kind
     */
    public ImportKind<?> get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no kind \"" + name + "\". Maybe one of " + String.join(", ", kinds.keySet()) + "?"));
    }

    public ColumnMatcher matcher(ImportKind<?> kind) {
        ColumnMatcher matcher = matchers.get(kind.name());
        if (matcher == null) {
            throw new IllegalArgumentException("The kind \"" + kind.name() + "\" is not registered.");
        }
        return matcher;
    }

    /**
     * The kind a header belongs to: the one of which the most columns are found, none of the required missing. Empty if
     * none fits or two fit equally well.
     */
    public Optional<ImportKind<?>> detect(List<List<String>> namesByPosition) {
        ImportKind<?> best = null;
        int most = 0;
        boolean tie = false;
        for (ImportKind<?> kind : kinds.values()) {
            ColumnMatch match = matcher(kind).matchAny(namesByPosition);
            if (match.isComplete() && match.found() >= most) {
                tie = match.found() == most;
                most = match.found();
                best = kind;
            }
        }
        return tie ? Optional.empty() : Optional.ofNullable(best);
    }
}
