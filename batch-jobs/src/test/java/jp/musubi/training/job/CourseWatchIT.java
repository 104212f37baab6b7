package jp.musubi.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.training.store.TrainingScene;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
@Import(TrainingScene.class)
class CourseWatchIT {

    private static final Instant NOW = Instant.parse("2011-10-20T00:00:00Z");

    private final CourseWatch watch;
    private final Responses responses;
    private final TrainingScene scene;
    private final JdbcClient jdbc;

    CourseWatchIT(CourseWatch watch, Responses responses, TrainingScene scene, JdbcClient jdbc) {
        this.watch = watch;
        this.responses = responses;
        this.scene = scene;
        this.jdbc = jdbc;
    }

    @Test
    void warnsByItselfOnceAndOnOneNodeOnly() {
        Response response = responses.open(TestResponse.at(NOW, "t-" + UUID.randomUUID()));
        scene.openTome(new TrainingScene.Sent(response, NOW));

        assertThat(watch.watch()).isEqualTo(4);
        assertThat(watch.watch()).isEqualTo(4);
        assertThat(jdbc.sql("SELECT count(*) FROM training_alert WHERE response_id = ? AND rule = 'REGISTER_MISSING'")
                        .param(response.id().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(4);

        jdbc.sql("UPDATE lease SET node = 'another', held_until = ? WHERE work = 'course-watch'")
                .param(java.sql.Timestamp.from(Instant.now().plus(Duration.ofHours(1))))
                .update();
        assertThat(watch.watch()).as("another node does it").isZero();
    }
}
