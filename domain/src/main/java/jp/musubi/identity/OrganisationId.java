package jp.musubi.identity;

/** Identifies one organisation of the tree. */
public record OrganisationId(long value) {}
