package jp.musubi.training;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The competencies this installation knows, by every name. */
public final class Competencies {

    private final List<Competency> all;
    private final Map<String, Competency> byName = new HashMap<>();

    public Competencies(List<Competency> all) {
        this.all = List.copyOf(all);
        for (Competency one : all) {
            Stream.concat(Stream.of(one.code(), one.name().ja(), one.name().en()), one.names().stream())
                    .forEach(name -> byName.putIfAbsent(plain(name), one));
        }
    }

    public List<Competency> listCompetencies() {
        return all;
    }

    /** By code or any name; width, case and blanks do not matter. */
    public Optional<Competency> find(String name) {
        return Optional.ofNullable(byName.get(plain(name)));
    }

    /** What took its place. */
    public Optional<Competency> findSuccessor(Competency old) {
        return all.stream()
                .filter(one -> one.replaces().equals(Optional.of(old.code())))
                .findFirst();
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s・()]+", "");
    }
}
