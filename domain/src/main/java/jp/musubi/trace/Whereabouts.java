package jp.musubi.trace;

import java.util.Optional;
import jp.musubi.common.Quantity;
import jp.musubi.place.MunicipalityCode;

/**
 * So many units have come so far.
 *
 * @param municipality where that is, or where they are going; empty if the stage has no place
 */
public record Whereabouts(Stage stage, Optional<MunicipalityCode> municipality, Quantity quantity) {}
