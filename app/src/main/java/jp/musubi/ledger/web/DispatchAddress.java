package jp.musubi.ledger.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Addresses of the dispatch lists. */
final class DispatchAddress {

    private DispatchAddress() {}

    /**
     * The list that a form was on, with its search.
     *
     * @param all what the form sent: q, from and page
     */
    static String of(String response, String view, Map<String, String> all) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath("/r/" + response + "/dispatch").queryParam("view", view);
        for (String name : new String[] {"q", "from", "page"}) {
            String value = all.getOrDefault(name, "");
            if (!value.isEmpty()) {
                address.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
            }
        }
        return address.build(true).toUriString();
    }
}
