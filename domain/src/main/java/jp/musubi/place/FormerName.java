package jp.musubi.place;

/** A name that is no longer official but still typed, e.g. 志津川町 for what is now 南三陸町. */
public record FormerName(String ja, MunicipalityCode now) {}
