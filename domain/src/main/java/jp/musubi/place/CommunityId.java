package jp.musubi.place;

/** Identifies one community: a shelter, people at home in one place, a facility. */
public record CommunityId(long value) {}
