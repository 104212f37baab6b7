package jp.musubi.catalog;

/** What a unit measures. */
public enum Dimension {
    COUNT,
    VOLUME,
    MASS,
    MONEY,
    TIME
}
