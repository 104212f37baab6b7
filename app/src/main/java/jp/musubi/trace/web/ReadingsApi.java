package jp.musubi.trace.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import jp.musubi.catalog.Catalogue;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.place.Municipalities;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the names of municipalities and goods are read, for the furigana of the public pages. */
@RestController
@OpenToAll
class ReadingsApi {

    private final Municipalities municipalities;
    private final Catalogue catalogue;

    ReadingsApi(Municipalities municipalities, Catalogue catalogue) {
        this.municipalities = municipalities;
        this.catalogue = catalogue;
    }

    /** Name → kana; names that are read in two ways are left out. */
    @GetMapping("/api/v1/readings")
    ResponseEntity<Map<String, String>> readings() {
        Map<String, String> readings = new TreeMap<>();
        Set<String> doubtful = new HashSet<>();
        BiConsumer<String, String> add = (name, kana) -> {
            String other = readings.put(name, kana);
            if (other != null && !other.equals(kana)) {
                doubtful.add(name);
            }
        };
        municipalities.directory().listMunicipalities().forEach(place -> add.accept(place.ja(), place.kana()));
        catalogue.current().listItems().forEach(item -> add.accept(item.ja(), item.kana()));
        readings.keySet().removeAll(doubtful);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(readings);
    }
}
