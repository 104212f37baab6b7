package jp.musubi.volunteer;

/** The halves in which people say when they have time. */
public enum HalfDay {
    /** Until noon. */
    MORNING,
    /** From noon on. */
    AFTERNOON
}
