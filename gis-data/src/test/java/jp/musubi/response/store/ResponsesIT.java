package jp.musubi.response.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import jp.musubi.common.store.DatabaseDialect;
import jp.musubi.common.store.FreshDatabase;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.Test;

@MusubiIT
class ResponsesIT {

    private final Responses responses;
    private final DatabaseDialect dialect;

    ResponsesIT(Responses responses, DatabaseDialect dialect) {
        this.responses = responses;
        this.dialect = dialect;
    }

    @Test
    void runsOnTheDatabaseThatTheBuildAskedFor() {
        assertThat(dialect.database().name()).isEqualToIgnoringCase(FreshDatabase.DATABASE);
    }

    @Test
    void keepsAResponseWithItsClockAndBounds() {
        Response draft = TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), "keeps-a-response");

        Response stored = responses.open(draft);

        assertThat(responses.findByCode("keeps-a-response")).contains(stored);
        assertThat(stored).usingRecursiveComparison().ignoringFields("id").isEqualTo(draft);
    }
}
