package jp.musubi.place;

/** Identifies one hub: a store from which goods go out. */
public record HubId(long value) {}
