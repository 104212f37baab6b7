package jp.musubi.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@MusubiIT
class BulkRowsIT {

    private final BulkRows bulk;
    private final JdbcTemplate jdbc;

    BulkRowsIT(BulkRows bulk, JdbcTemplate jdbc) {
        this.bulk = bulk;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void makeTable() {
        jdbc.execute("DROP TABLE IF EXISTS bulk_probe");
        jdbc.execute("CREATE TABLE bulk_probe (owner bigint NOT NULL, name varchar(100) NOT NULL, said varchar(100),"
                + " seal bytea, PRIMARY KEY (owner, name))");
    }

    @Test
    void writesWhatItWasGivenHoweverManyRows() {
        String odd = "tab\there, line\nbreak, \\N, 髙﨑 👪, \r";
        byte[] seal = {0, -1, 127, 92, 10};
        for (int rows : new int[] {1, 1000}) {
            makeTable();
            bulk.insert(
                    "bulk_probe",
                    "owner, name, said, seal",
                    IntStream.range(0, rows)
                            .mapToObj(i -> new Object[] {7L, "n" + i, odd, seal})
                            .toList());

            assertThat(jdbc.queryForList("SELECT DISTINCT said FROM bulk_probe", String.class))
                    .containsExactly(odd);
            assertThat(jdbc.queryForObject("SELECT seal FROM bulk_probe WHERE name = 'n0'", byte[].class))
                    .isEqualTo(seal);
            assertThat(jdbc.queryForObject("SELECT count(*) FROM bulk_probe", Long.class))
                    .isEqualTo(rows);
        }
    }

    @Test
    void findsTheRowsOfTheKeysAndOfNobodyElse() {
        add(1, "B", "D", "F", "避難所", "仮設");
        add(2, "A", "C", "E", "G");

        assertThat(found(1, List.of("A", "B", "C", "避難所"))).containsExactlyInAnyOrder("B", "避難所");
        assertThat(found(2, List.of("B", "D", "F"))).isEmpty();
        assertThat(found(3, List.of("B"))).isEmpty();
    }

    @Test
    void findsThemAmongManyKeysToo() {
        add(1, "K-0050", "M", "仮設");
        List<String> numbers =
                IntStream.range(0, 500).mapToObj("K-%04d"::formatted).toList();

        assertThat(found(1, numbers)).containsExactly("K-0050");
        assertThat(found(1, Stream.concat(numbers.stream(), Stream.of("仮設")).toList()))
                .containsExactlyInAnyOrder("K-0050", "仮設");
        assertThat(found(1, numbers.subList(51, 500))).isEmpty();
        assertThat(found(1, numbers.subList(50, 200))).containsExactly("K-0050");
        assertThat(found(2, numbers)).isEmpty();
    }

    private void add(long owner, String... names) {
        for (String name : names) {
            jdbc.update("INSERT INTO bulk_probe (owner, name) VALUES (?, ?)", owner, name);
        }
    }

    private List<String> found(long owner, List<String> keys) {
        List<String> names = new ArrayList<>();
        bulk.find(
                "name",
                "bulk_probe",
                new TreeMap<>(Map.of("owner", owner)),
                "name",
                keys,
                "name",
                row -> names.add(row.getString(1)));
        return names;
    }
}
