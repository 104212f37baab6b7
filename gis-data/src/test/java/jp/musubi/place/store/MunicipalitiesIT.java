package jp.musubi.place.store;

import static org.assertj.core.api.Assertions.assertThat;

import jp.musubi.common.store.MusubiIT;
import jp.musubi.place.Municipalities;
import jp.musubi.place.MunicipalityDirectory;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class MunicipalitiesIT {

    private final Municipalities municipalities;
    private final MunicipalityLoader loader;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    MunicipalitiesIT(
            Municipalities municipalities,
            MunicipalityLoader loader,
            JdbcTemplate jdbc,
            TransactionTemplate transaction) {
        this.municipalities = municipalities;
        this.loader = loader;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Test
    void holdsExactlyWhatItsFilesSay() {
        PlaceFiles files = new PlaceFiles();
        MunicipalityDirectory loaded = municipalities.directory();

        assertThat(loaded.listMunicipalities()).isEqualTo(files.municipalities());
        assertThat(municipalities.listDamage(PlaceFiles.EVENT)).isEqualTo(files.damage());
        assertThat(municipalities.listDamage("kumamoto-2016")).isEmpty();
        assertThat(loaded.resolve("志津川町").found())
                .hasValueSatisfying(now -> assertThat(now.ja()).isEqualTo("南三陸町"));
    }

    @Test
    void loadsTheSameFilesOnlyOnceAndMendsWhatDiffers() {
        assertThat(load()).isFalse();

        jdbc.update("UPDATE municipality SET ja = 'ちがう町' WHERE code = '03461'");
        jdbc.update("DELETE FROM municipality_damage WHERE municipality_code = '03461'");
        jdbc.update("UPDATE reference_load SET content_hash = 'older' WHERE name = 'place'");

        assertThat(load()).isTrue();
        assertThat(jdbc.queryForObject("SELECT ja FROM municipality WHERE code = '03461'", String.class))
                .isEqualTo("大槌町");
        assertThat(municipalities.listDamage(PlaceFiles.EVENT)).isEqualTo(new PlaceFiles().damage());
    }

    private boolean load() {
        return Boolean.TRUE.equals(transaction.execute(status -> loader.load(new PlaceFiles())));
    }
}
