package jp.musubi.response;

import java.util.List;
import java.util.Optional;

/** Port: the responses of this installation. */
public interface Responses {

    /** All responses, the newest first. */
    List<Response> listResponses();

    Optional<Response> findByCode(String code);

    /**
     * @throws IllegalArgumentException if there is no such response
     */
    Response getById(ResponseId id);

    /** Stores a new response; {@code draft.id()} is ignored. The code must be free. */
    Response open(Response draft);
}
