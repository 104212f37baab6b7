package jp.musubi.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SealingTest {

    @Property(tries = 200, seed = "20110311")
    void rangesHoldExactlyTheirIds(
            @ForAll @Size(min = 1, max = 60) Set<@LongRange(min = 1, max = 90) Long> ids,
            @ForAll @Size(min = 1, max = 60) Set<@LongRange(min = 1, max = 90) Long> others) {
        IdRanges ranges = ranges(ids).plus(ranges(others));
        Set<Long> both = new TreeSet<>(ids);
        both.addAll(others);

        assertThat(IdRanges.parse(ranges.toString())).isEqualTo(ranges).isEqualTo(ranges(both));
        assertThat(ranges.size()).isEqualTo(both.size());
        for (long id = 1; id <= 91; id++) {
            long asked = id;
            assertThat(ranges.contains(id)).isEqualTo(both.contains(id));
            assertThat(ranges.gaps().stream().anyMatch(gap -> gap.first() <= asked && asked <= gap.last()))
                    .isEqualTo(!both.contains(id) && id < ranges.last());
        }
    }

    @Test
    void aRootChangesWithAnyLeafAndWithTheirOrder() {
        List<Hash> leaves = IntStream.range(0, 7).mapToObj(SealingTest::hash).toList();
        Hash root = MerkleTree.root(leaves);

        for (int i = 0; i < leaves.size(); i++) {
            List<Hash> changed = new ArrayList<>(leaves);
            changed.set(i, hash(99));
            assertThat(MerkleTree.root(changed)).isNotEqualTo(root);
        }
        List<Hash> swapped = new ArrayList<>(leaves);
        swapped.set(0, leaves.get(1));
        swapped.set(1, leaves.get(0));
        assertThat(MerkleTree.root(swapped)).isNotEqualTo(root);
        assertThat(MerkleTree.root(leaves.subList(0, 6))).isNotEqualTo(root);
    }

    @Test
    void aBlockGivesAwayEveryChange() {
        Instant at = Instant.parse("2011-03-14T00:00:00.123456Z");
        Block block = Block.seal(1, Hash.NONE, IdRanges.of(1, 2, 5), hash(1), at);

        assertThat(block.isIntact()).isTrue();
        assertThat(new Block(2, block.previous(), block.postings(), block.merkleRoot(), at, block.hash()).isIntact())
                .isFalse();
        assertThat(new Block(1, hash(3), block.postings(), block.merkleRoot(), at, block.hash()).isIntact())
                .isFalse();
        assertThat(new Block(1, block.previous(), IdRanges.of(1, 2), block.merkleRoot(), at, block.hash()).isIntact())
                .isFalse();
        assertThat(new Block(
                                1,
                                block.previous(),
                                block.postings(),
                                block.merkleRoot(),
                                at.plusNanos(1000),
                                block.hash())
                        .isIntact())
                .isFalse();
    }

    private static IdRanges ranges(Set<Long> ids) {
        return IdRanges.of(ids.stream().mapToLong(Long::longValue).toArray());
    }

    private static Hash hash(int seed) {
        return Hash.of(("leaf " + seed).getBytes(StandardCharsets.UTF_8));
    }
}
