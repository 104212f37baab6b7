package jp.musubi.trace;

import java.time.LocalDate;

/** On one day so many units reached a stage. */
public record TraceStep(LocalDate day, Whereabouts reached) {}
