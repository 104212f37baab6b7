package jp.musubi.common.web;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives a page's scripts their texts, out of the same files as the page's own. */
@Component
public class PageTexts {

    private final JsonMapper json;
    private final Map<String, SortedMap<String, String>> byLanguage = new HashMap<>();

    PageTexts(JsonMapper json) throws IOException {
        this.json = json;
        for (String language : List.of("ja", "en")) {
            SortedMap<String, String> texts = new TreeMap<>();
            for (Resource file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:messages/*_" + language + ".properties")) {
                Properties properties = new Properties();
                try (Reader reader = new java.io.InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            }
            byLanguage.put(language, texts);
        }
    }

    /**
     * The texts whose keys begin with one of the prefixes, as a JSON object that is safe inside a script element.
     *
     * @param prefixes separated by spaces, e.g. {@code "frame. ops."}
     */
    public String json(Locale locale, String prefixes) {
        SortedMap<String, String> texts = byLanguage.getOrDefault(locale.getLanguage(), byLanguage.get("ja"));
        SortedMap<String, String> chosen = new TreeMap<>();
        if (texts != null) {
            for (String prefix : prefixes.split(" ")) {
                chosen.putAll(texts.subMap(prefix, prefix + Character.MAX_VALUE));
            }
        }
        return json.writeValueAsString(chosen)
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e");
    }
}
