package jp.musubi.training.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import jp.musubi.common.store.BulkRows;
import jp.musubi.training.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of words: every word about a thing is a row, and of the words about one thing the one said last holds. The caller
 * has locked the things in the current transaction; a unique constraint is the last word.
 *
 * @param <K> what words are about
 * @param <E> what they say
 */
final class WordTable<K, E> {

    private static final int IDS_PER_QUERY = 1000;

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final String table;
    private final String columns;
    private final BiFunction<K, E, Object[]> values;

    /**
     * @param columns of thing and content, in the order of {@code values}
     */
    WordTable(JdbcClient jdbc, BulkRows bulk, String table, String columns, BiFunction<K, E, Object[]> values) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.table = table;
        this.columns = columns + ", " + Words.COLUMNS + ", is_current";
        this.values = values;
    }

    /**
     * A word that comes in.
     *
     * @param dated whether it says itself when it was said; else its arrival counts, and the same again says nothing new
     */
    record Word<K, E>(K about, E content, Said said, boolean dated) {}

    /** A word that is kept. */
    record Kept<E>(long id, E content, Said said, boolean current) {}

    /** A word while it is decided which holds; id 0 = not stored yet. */
    private static final class Version<E> {
        final long id;
        final E content;
        final Said said;
        boolean current;

        Version(long id, E content, Said said, boolean current) {
            this.id = id;
            this.content = content;
            this.said = said;
            this.current = current;
        }
    }

    /**
     * Keeps what is new.
     *
     * @param known every kept word about the things the words are about
     * @return what became of each word, in their order
     */
    List<Words.Outcome> say(Map<K, List<Kept<E>>> known, List<Word<K, E>> words) {
        Map<K, List<Version<E>>> versions = new HashMap<>();
        known.forEach((about, kept) -> versions.put(
                about,
                new ArrayList<>(kept.stream()
                        .map(one -> new Version<>(one.id(), one.content(), one.said(), one.current()))
                        .toList())));
        List<Long> overtaken = new ArrayList<>();
        Map<Version<E>, K> fresh = new LinkedHashMap<>();
        List<Words.Outcome> outcomes = new ArrayList<>(words.size());
        for (Word<K, E> word : words) {
            List<Version<E>> all = versions.computeIfAbsent(word.about(), about -> new ArrayList<>());
            outcomes.add(decide(word, all, fresh, overtaken));
        }
        for (int from = 0; from < overtaken.size(); from += IDS_PER_QUERY) {
            jdbc.sql("UPDATE " + table + " SET is_current = NULL WHERE id IN (:ids)")
                    .param("ids", overtaken.subList(from, Math.min(overtaken.size(), from + IDS_PER_QUERY)))
                    .update();
        }
        List<@Nullable Object[]> rows = new ArrayList<>(fresh.size());
        fresh.forEach((version, about) -> rows.add(
                Stream.of(values.apply(about, version.content), Words.values(version.said), new @Nullable Object[] {
                            version.current ? Boolean.TRUE : null
                        })
                        .flatMap(Arrays::stream)
                        .toArray()));
        bulk.insert(table, columns, rows);
        return outcomes;
    }

    private static <K, E> Words.Outcome decide(
            Word<K, E> word, List<Version<E>> all, Map<Version<E>, K> fresh, List<Long> overtaken) {
        @Nullable Version<E> holds = null;
        for (Version<E> version : all) {
            boolean same = version.content.equals(word.content());
            if (same && (version.said.at().equals(word.said().at()) || (version.current && !word.dated()))) {
                return Words.Outcome.SAME;
            }
            holds = version.current ? version : holds;
        }
        boolean wins = holds == null || Said.ORDER.compare(word.said(), holds.said) >= 0;
        Version<E> added = new Version<>(0, word.content(), word.said(), wins);
        all.add(added);
        fresh.put(added, word.about());
        if (holds == null) {
            return Words.Outcome.NEW;
        }
        if (!wins) {
            return Words.Outcome.OVERTAKEN;
        }
        holds.current = false;
        if (holds.id > 0) {
            overtaken.add(holds.id);
        }
        return holds.content.equals(word.content()) ? Words.Outcome.SAME : Words.Outcome.CORRECTED;
    }

    /** Locks rows of a table in the order of their ids, so that two writers never wait for each other. */
    static void lock(JdbcClient jdbc, String table, List<Long> ids) {
        List<Long> sorted = ids.stream().distinct().sorted().toList();
        for (int from = 0; from < sorted.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT id FROM " + table + " WHERE id IN (:ids) ORDER BY id FOR UPDATE")
                    .param("ids", sorted.subList(from, Math.min(sorted.size(), from + IDS_PER_QUERY)))
                    .query(Long.class)
                    .list();
        }
    }
}
