package jp.musubi.training;

import java.util.List;

/** What one line of a register says: one mark where days stand below each other, one for each day where they stand across. */
public record RegisterRow(List<AttendanceRow> marks) {

    public RegisterRow {
        marks = List.copyOf(marks);
    }
}
