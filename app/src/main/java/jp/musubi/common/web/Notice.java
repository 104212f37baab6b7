package jp.musubi.common.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What was just done, shown once on the next page, with a way back where there is one.
 *
 * @param code of the text
 * @param arguments of the text
 * @param undoPath where the way back is posted to, empty if there is none
 * @param undoValues what is posted there
 */
public record Notice(String code, List<Object> arguments, Optional<String> undoPath, Map<String, String> undoValues) {

    public Notice {
        arguments = List.copyOf(arguments);
        undoValues = new LinkedHashMap<>(undoValues);
    }

    public static Notice done(String code, Object... arguments) {
        return new Notice(code, List.of(arguments), Optional.empty(), Map.of());
    }

    public Notice undoneBy(String path, Map<String, String> values) {
        return new Notice(code, arguments, Optional.of(path), values);
    }

    public void showOnNextPage(RedirectAttributes redirect) {
        redirect.addFlashAttribute("notice", this);
    }

    public Object[] values() {
        return arguments.toArray();
    }
}
