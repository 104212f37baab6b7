package jp.musubi.identity;

import java.util.Optional;
import jp.musubi.response.ResponseId;

/**
 * What an action touches. A grant with a limit reaches only a scope that names the same response, organisation or
 * region; a scope that leaves them out asks for the whole, which a limited grant does not give.
 */
public record Scope(
        Optional<ResponseId> response, Optional<OrganisationId> organisation, Optional<String> municipalityCode) {

    public static Scope installation() {
        return new Scope(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Scope of(ResponseId response) {
        return new Scope(Optional.of(response), Optional.empty(), Optional.empty());
    }

    public Scope inMunicipality(String code) {
        return new Scope(response, organisation, Optional.of(code));
    }

    public Scope forOrganisation(OrganisationId id) {
        return new Scope(response, Optional.of(id), municipalityCode);
    }
}
