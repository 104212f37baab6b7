package jp.musubi.volunteer;

/**
 * The one main reason why seats of a line stayed open, with figures. The reasons stand in the order in which they are
 * asked: each speaks of those whom no earlier one has ruled out.
 */
public sealed interface OpenSeatCause {

    /** Nobody has the skill, or no licence is good on the day. {@code withLower} have it at a lower level or run out. */
    record NobodyWithSkill(int withLower) implements OpenSeatCause {}

    /** All who could do it are minors, and the work is risky. */
    record MinorsOnly(int minors) implements OpenSeatCause {}

    /** All of {@code skilled} live too far away; the nearest misses {@code missingKm}. */
    record TooFar(int skilled, double missingKm) implements OpenSeatCause {}

    /** Of {@code inReach} nobody has time then. */
    record NotAvailable(int inReach) implements OpenSeatCause {}

    /** All of {@code free} were kept from this shift by people. */
    record Banned(int free) implements OpenSeatCause {}

    /** All of {@code free} are at work that day already by people's decision. */
    record AlreadyAtWork(int free) implements OpenSeatCause {}

    /** All of {@code free} need rest: too many days in a row, or too few hours between shifts. */
    record NeedsRest(int free) implements OpenSeatCause {}

    /** {@code free} belong to teams that would be split. */
    record TeamWouldBeSplit(int free) implements OpenSeatCause {}

    /** All of {@code free} are put where they are needed more that day. */
    record OthersNeedThemMore(int free) implements OpenSeatCause {}

    /** Of the {@code least} people without whom the shift does not take place only {@code found} were there. */
    record TooFewPeople(int found, int least) implements OpenSeatCause {}

    /** People would be there, but none of them can lead. */
    record NoLeader(int free) implements OpenSeatCause {}
}
