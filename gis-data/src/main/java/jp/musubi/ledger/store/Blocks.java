package jp.musubi.ledger.store;

import java.sql.Timestamp;
import java.util.List;
import jp.musubi.ledger.Block;
import jp.musubi.ledger.Hash;
import jp.musubi.ledger.IdRanges;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table of sealed blocks. */
@Component
class Blocks {

    private final JdbcTemplate jdbc;

    Blocks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Blocks after {@code number} in their order, at most {@code most}. */
    List<Block> readAfter(long number, int most) {
        return jdbc.query(
                """
                SELECT number, previous_hash, postings, merkle_root, sealed_at, block_hash FROM ledger_block
                 WHERE number > ? ORDER BY number FETCH FIRST ? ROWS ONLY""",
                (row, n) -> new Block(
                        row.getLong("number"),
                        Hash.stored(row.getBytes("previous_hash")),
                        IdRanges.parse(row.getString("postings")),
                        Hash.stored(row.getBytes("merkle_root")),
                        row.getTimestamp("sealed_at").toInstant(),
                        Hash.stored(row.getBytes("block_hash"))),
                number,
                most);
    }

    void append(Block block) {
        jdbc.update(
                """
                INSERT INTO ledger_block (number, previous_hash, postings, merkle_root, sealed_at, block_hash)
                VALUES (?, ?, ?, ?, ?, ?)""",
                block.number(),
                block.previous().bytes(),
                block.postings().toString(),
                block.merkleRoot().bytes(),
                Timestamp.from(block.sealedAt()),
                block.hash().bytes());
    }
}
