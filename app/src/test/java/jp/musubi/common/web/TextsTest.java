package jp.musubi.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every text exists in both languages. */
class TextsTest {

    private static final Path FOLDER = Path.of("src/main/resources/messages");

    static Stream<String> features() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString().replaceFirst("_(ja|en)\\.properties$", ""))
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("features")
    void saysTheSameThingsInJapaneseAndEnglish(String feature) throws IOException {
        Properties japanese = read(feature + "_ja.properties");
        Properties english = read(feature + "_en.properties");

        assertThat(new TreeSet<>(english.stringPropertyNames()))
                .isNotEmpty()
                .isEqualTo(new TreeSet<>(japanese.stringPropertyNames()));
        assertThat(english.values())
                .allSatisfy(text -> assertThat(text.toString())
                        .isNotBlank()
                        .as("Japanese characters in an English text")
                        .doesNotContainPattern("[ぁ-んァ-ヶ]"));
        assertThat(japanese.values())
                .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
    }

    /** What everybody may read can be shown with furigana: no kanji of these texts is left without its reading. */
    @ParameterizedTest
    @CsvSource({"public, public.", "trace, trace.", "identity, signin.", "wanted, wanted.", "frame, frame."})
    void knowsHowToReadEveryKanjiOfThePublicPages(String feature, String prefix) throws IOException {
        List<String> words = JsonMapper.builder()
                .build()
                .readTree(Files.readString(Path.of("src/main/frontend/src/lib/readings.json")))
                .propertyNames()
                .stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        Properties texts = read(feature + "_ja.properties");

        assertThat(texts.stringPropertyNames().stream()
                        .filter(key -> key.startsWith(prefix))
                        .map(texts::getProperty))
                .isNotEmpty()
                .allSatisfy(text -> {
                    String left = text;
                    for (String word : words) {
                        left = left.replace(word, "");
                    }
                    assertThat(left).as(text).doesNotContainPattern("[々一-龠]");
                });
    }

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }
}
