package jp.musubi.response.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.musubi.place.Coast;
import jp.musubi.place.Position;
import jp.musubi.place.geo.CoastFile;
import jp.musubi.place.geo.JtsCoast;
import jp.musubi.response.job.Tohoku2011.Size;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the coast that ships. */
class Tohoku2011OnLandTest {

    @Test
    void findsAPlaceOnLandForEveryCommunityOfBothSizes(@TempDir Path folder) throws IOException {
        Coast coast = new JtsCoast(CoastFile.land());
        for (Size size : Size.values()) {
            Path own = Files.createDirectory(folder.resolve(size.name()));
            Tohoku2011.write(size, own, (lat, lon) -> coast.metresToLand(new Position(lat, lon)));

            try (Reader reader = Files.newBufferedReader(own.resolve("communities.csv"))) {
                List<CSVRecord> rows = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)
                        .getRecords();
                assertThat(rows)
                        .hasSize(size.communities())
                        .allSatisfy(row -> assertThat(coast.metresToLand(new Position(
                                        Double.parseDouble(row.get("lat")), Double.parseDouble(row.get("lon")))))
                                .isZero());
            }
        }
    }
}
