package jp.musubi.common.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Hands out ids from sequences that count in blocks of {@value #BLOCK}: the sequence gives the first id of a block, this
 * node hands out the rest. Ids are unique over all nodes; what is left of a block at the end of a run is never used.
 */
@Component
public class IdBlocks {

    /** The increment of every such sequence. */
    public static final int BLOCK = 1000;

    private final JdbcTemplate jdbc;
    private final Map<String, Block> blocks = new ConcurrentHashMap<>();

    IdBlocks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The next id of a sequence, e.g. {@code lot_id_block}. */
    public long next(String sequence) {
        return blocks.computeIfAbsent(sequence, name -> new Block()).next(sequence);
    }

    private final class Block {
        private long next;
        private long end;

        synchronized long next(String sequence) {
            if (next == end) {
                Long first = jdbc.queryForObject("SELECT nextval('" + sequence + "')", Long.class);
                if (first == null) {
                    throw new IllegalStateException("The sequence " + sequence + " gave no value.");
                }
                next = first;
                end = first + BLOCK;
            }
            return next++;
        }
    }
}
