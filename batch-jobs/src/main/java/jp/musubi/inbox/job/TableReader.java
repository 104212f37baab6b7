package jp.musubi.inbox.job;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellPlace;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ColumnMatch;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.OpenColumns;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.job.RawTable.CellFault;
import jp.musubi.inbox.job.RawTable.RawRow;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header within the first {@value #HEADER_WITHIN} rows of each sheet and gives the rows below it.
 *
 * <p>Above the header there may be titles; the header may have two rows (merged cells), and an HXL row may follow it. In
 * a workbook every sheet with the kind's columns is read, one after the other; others are named in {@link #skipped()}.
 */
final class TableReader implements Closeable {

    static final int HEADER_WITHIN = 30;

    /** Headers of what our own lists of rejected rows add. */
    private static final String OWN_COLUMNS = "musubi_";

    /** One row below the header and the cells of it that could not be read. */
    record ReadRow(Row row, List<CellFault> faults) {

        /** What is wrong with the cells that could not be read. */
        List<RowProblem> problems() {
            List<RowProblem> problems = new ArrayList<>(faults.size());
            for (CellFault fault : faults) {
                List<String> headers = row.columns().headers();
                String header = fault.position() < headers.size() ? headers.get(fault.position()) : "";
                problems.add(new RowProblem(
                        fault.code(),
                        new CellPlace(row.sheet(), row.line(), header),
                        fault.value(),
                        fault.expected(),
                        fault.remedy()));
            }
            return problems;
        }
    }

    /**
     * @param open how many columns beyond the kind's own carry values
     */
    private record Header(ColumnMatch match, int open, int rows, boolean merged) {

        int found() {
            return match.found() + open;
        }

        boolean isBetterThan(@Nullable Header other) {
            return other == null || found() > other.found() || (found() == other.found() && !merged && other.merged);
        }
    }

    private final RawTable table;
    private final ImportKind<?> kind;
    private final ColumnMatcher matcher;
    private final Deque<RawRow> ahead = new ArrayDeque<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> ignoredColumns = new ArrayList<>();
    private String sheet = "";
    private int sheetsRead;
    private ColumnMatch columns;

    /**
     * @param kindName empty = the kind whose columns fit best
     */
    TableReader(RawTable table, ImportKinds kinds, Optional<String> kindName) throws IOException {
        this.table = table;
        ImportKind<?> found = kindName.flatMap(kinds::find).orElse(null);
        Header best = null;
        while (true) {
            List<RawRow> top = readTop();
            if (top.isEmpty()) {
                throw noHeader(found, best, kinds);
            }
            ImportKind<?> candidate = found != null ? found : detect(top, kinds);
            if (candidate != null) {
                Header header = findHeader(top, candidate, kinds.matcher(candidate));
                if (header != null && header.match().isComplete()) {
                    kind = candidate;
                    matcher = kinds.matcher(candidate);
                    columns = header.match();
                    begin(top, header);
                    return;
                }
                best = header != null && header.isBetterThan(best) ? header : best;
            }
            skipSheet(top);
        }
    }

    ImportKind<?> kind() {
        return kind;
    }

    /** The header of the first sheet read. */
    List<String> header() {
        return columns.headers();
    }

    /** Sheets without the kind's columns. */
    List<String> skipped() {
        return Collections.unmodifiableList(skipped);
    }

    /** Headers that are no columns of the kind; their values were not read. */
    List<String> ignoredColumns() {
        return Collections.unmodifiableList(ignoredColumns);
    }

    long bytesRead() {
        return table.bytesRead();
    }

    /** The next row below a header, or null at the end. */
    @Nullable
    ReadRow next() throws IOException {
        while (true) {
            RawRow raw = ahead.isEmpty() ? table.next() : ahead.poll();
            if (raw == null) {
                return null;
            }
            if (!raw.sheet().equals(sheet)) {
                ahead.addFirst(raw);
                if (!openNextSheet()) {
                    return null;
                }
                continue;
            }
            Row row = new Row(
                    raw.line(),
                    Optional.of(raw.sheet()).filter(name -> !name.isEmpty()),
                    columns,
                    raw.values(),
                    sheetsRead - 1);
            if (kind.openColumns().map(open -> open.isDecoration(row)).orElse(false)) {
                continue;
            }
            return new ReadRow(row, table.isStrictInWidth() ? withWidthChecked(raw) : raw.faults());
        }
    }

    @Override
    public void close() throws IOException {
        table.close();
    }

    private boolean openNextSheet() throws IOException {
        while (true) {
            List<RawRow> top = readTop();
            if (top.isEmpty()) {
                return false;
            }
            Header header = findHeader(top, kind, matcher);
            if (header != null && header.match().isComplete()) {
                columns = header.match();
                begin(top, header);
                return true;
            }
            skipSheet(top);
        }
    }

    private void begin(List<RawRow> top, Header header) {
        sheet = top.get(0).sheet();
        sheetsRead++;
        columns.unknown().stream().filter(name -> !name.startsWith(OWN_COLUMNS)).forEach(ignoredColumns::add);
        ignoredColumns.addAll(columns.repeated());
        List<RawRow> below = top.subList(header.rows(), top.size());
        for (int i = below.size() - 1; i >= 0; i--) {
            ahead.addFirst(below.get(i));
        }
    }

    /** The first rows of the sheet that comes next. */
    private List<RawRow> readTop() throws IOException {
        List<RawRow> top = new ArrayList<>();
        while (top.size() < HEADER_WITHIN) {
            RawRow row = ahead.isEmpty() ? table.next() : ahead.poll();
            if (row == null) {
                break;
            }
            if (!top.isEmpty() && !row.sheet().equals(top.get(0).sheet())) {
                ahead.addFirst(row);
                break;
            }
            top.add(row);
        }
        return top;
    }

    private void skipSheet(List<RawRow> top) throws IOException {
        String name = top.get(0).sheet();
        if (!name.isEmpty()) {
            skipped.add(name);
        }
        if (top.size() < HEADER_WITHIN) {
            return;
        }
        for (RawRow row = table.next(); row != null; row = table.next()) {
            if (!row.sheet().equals(name)) {
                ahead.addFirst(row);
                return;
            }
        }
    }

    private static @Nullable ImportKind<?> detect(List<RawRow> top, ImportKinds kinds) {
        ImportKind<?> best = null;
        Header bestHeader = null;
        boolean tie = false;
        for (ImportKind<?> kind : kinds.list()) {
            Header header = findHeader(top, kind, kinds.matcher(kind));
            if (header == null || !header.match().isComplete()) {
                continue;
            }
            int more = bestHeader == null ? 1 : header.found() - bestHeader.found();
            if (more > 0) {
                best = kind;
                bestHeader = header;
                tie = false;
            } else if (more == 0) {
                tie = true;
            }
        }
        return tie ? null : best;
    }

    /** The complete header with the most columns, else the one that comes nearest. */
    private static @Nullable Header findHeader(List<RawRow> top, ImportKind<?> kind, ColumnMatcher matcher) {
        Header complete = null;
        Header nearest = null;
        for (int i = 0; i < top.size(); i++) {
            for (Header header : headersAt(top, i, kind, matcher)) {
                if (header.match().isComplete() && header.isBetterThan(complete)) {
                    complete = header;
                }
                if (header.found() > 0 && header.isBetterThan(nearest)) {
                    nearest = header;
                }
            }
        }
        return complete != null ? complete : nearest;
    }

    private static List<Header> headersAt(List<RawRow> top, int i, ImportKind<?> kind, ColumnMatcher matcher) {
        List<Header> headers = new ArrayList<>(2);
        List<String> upper = top.get(i).values();
        boolean tagged = i + 1 < top.size() && isHxl(top.get(i + 1)) && !isHxl(top.get(i));
        List<List<String>> names = new ArrayList<>();
        for (int k = 0; k < upper.size(); k++) {
            names.add(tagged ? List.of(upper.get(k), value(top.get(i + 1), k)) : List.of(upper.get(k)));
        }
        headers.add(header(top, i, names, names, matcher, kind, i + (tagged ? 2 : 1), false));
        if (!tagged && i + 1 < top.size()) {
            RawRow lower = top.get(i + 1);
            boolean alsoTagged = i + 2 < top.size() && isHxl(top.get(i + 2));
            List<List<String>> merged = new ArrayList<>();
            List<List<String>> stacked = new ArrayList<>();
            String group = "";
            for (int k = 0; k < Math.max(upper.size(), lower.values().size()); k++) {
                String own = k < upper.size() ? upper.get(k) : "";
                group = own.isBlank() ? group : own;
                String below = value(lower, k);
                List<String> candidates = new ArrayList<>(List.of(below, group + " " + below));
                if (below.isBlank()) {
                    candidates = new ArrayList<>(List.of(own));
                }
                if (alsoTagged) {
                    candidates.add(value(top.get(i + 2), k));
                }
                merged.add(candidates);
                stacked.add(List.of(group, below));
            }
            headers.add(header(top, i, merged, stacked, matcher, kind, i + (alsoTagged ? 3 : 2), true));
        }
        return headers;
    }

    /**
     * @param names what each column may be called
     * @param stacked what stands above each column, the lowest row last
     */
    private static Header header(
            List<RawRow> top,
            int at,
            List<List<String>> names,
            List<List<String>> stacked,
            ColumnMatcher matcher,
            ImportKind<?> kind,
            int rows,
            boolean merged) {
        ColumnMatch own = matcher.matchAny(names);
        OpenColumns open = kind.openColumns().orElse(null);
        if (open == null || !open.isHeader(own)) {
            return new Header(own, 0, rows, merged);
        }
        StringBuilder above = new StringBuilder(top.get(at).sheet());
        top.subList(0, at).forEach(row -> above.append(' ').append(String.join(" ", row.values())));
        List<String> headers = new ArrayList<>(own.headers());
        List<String> unknown = new ArrayList<>(own.unknown());
        int count = 0;
        for (int k = 0; k < headers.size(); k++) {
            Optional<String> meaning =
                    own.positions().containsValue(k) ? Optional.empty() : open.read(stacked.get(k), above.toString());
            if (meaning.isPresent()) {
                unknown.remove(headers.set(k, meaning.get()));
                count++;
            }
        }
        return count == 0
                ? new Header(own, 0, rows, merged)
                : new Header(
                        new ColumnMatch(own.positions(), headers, List.of(), unknown, own.repeated()),
                        count,
                        rows,
                        merged);
    }

    private static boolean isHxl(RawRow row) {
        boolean any = false;
        for (String value : row.values()) {
            if (!value.isBlank()) {
                if (!value.strip().matches("#[A-Za-z].*")) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private static String value(RawRow row, int position) {
        return position < row.values().size() ? row.values().get(position) : "";
    }

    private List<CellFault> withWidthChecked(RawRow raw) {
        int width = columns.headers().size();
        for (int k = width; k < raw.values().size(); k++) {
            if (!raw.values().get(k).isBlank()) {
                List<CellFault> faults = new ArrayList<>(raw.faults());
                faults.add(new CellFault(
                        k,
                        "too-many-cells",
                        raw.values().get(k),
                        BilingualText.of("見出しと同じ" + width + "列", width + " cells, as in the header"),
                        BilingualText.of(
                                "値の中の区切り文字は、値全体を \" で囲んでください。", "Put \" around a value that holds the separator.")));
                return faults;
            }
        }
        return raw.faults();
    }

    private static UnreadableTable noHeader(@Nullable ImportKind<?> kind, @Nullable Header best, ImportKinds kinds) {
        if (kind == null) {
            String ja = kinds.list().stream().map(k -> k.title().ja()).collect(Collectors.joining("、"));
            String en = kinds.list().stream().map(k -> k.title().en()).collect(Collectors.joining(", "));
            return new UnreadableTable(
                    "unknown-kind",
                    "見出しから種類がわかりません。種類を選んで送り直してください(" + ja + ")。",
                    "The header fits no kind, or several. Choose the kind and send the file again (" + en + ").");
        }
        List<Column> missing = best == null
                ? kind.columns().stream().filter(Column::required).toList()
                : best.match().missing();
        String ja =
                missing.stream().map(c -> c.label().ja() + "(" + c.key() + ")").collect(Collectors.joining("、"));
        String en =
                missing.stream().map(c -> c.label().en() + " (" + c.key() + ")").collect(Collectors.joining(", "));
        return new UnreadableTable(
                best == null ? "no-header" : "missing-columns",
                "最初の" + HEADER_WITHIN + "行に「" + kind.title().ja() + "」の見出しがありません。足りない列: " + ja + "。",
                "The first " + HEADER_WITHIN + " rows hold no header of the kind \""
                        + kind.title().en() + "\". Missing columns: " + en + ".");
    }
}
