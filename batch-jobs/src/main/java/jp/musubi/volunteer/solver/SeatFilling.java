package jp.musubi.volunteer.solver;

import java.util.Arrays;
import java.util.List;
import jp.musubi.volunteer.SeatLine;

/** Puts the people of one shift on its lines: bipartite matching by augmenting paths. */
final class SeatFilling {

    private final List<SeatLine> lines;
    private final int[] masks;
    private final int[] lineOf;
    private final int[] used;

    private SeatFilling(List<SeatLine> lines, int[] masks) {
        this.lines = lines;
        this.masks = masks;
        this.lineOf = new int[masks.length];
        this.used = new int[lines.size()];
        Arrays.fill(lineOf, -1);
    }

    /**
     * For each person the index of a line.
     *
     * @param masks for each person the lines that fit, as bits
     * @return empty if not all can have a seat at once
     */
    static int[] of(List<SeatLine> lines, int[] masks) {
        SeatFilling filling = new SeatFilling(lines, masks);
        for (int p = 0; p < masks.length; p++) {
            if (!filling.place(p, new boolean[lines.size()])) {
                return new int[0];
            }
        }
        return filling.lineOf;
    }

    static boolean isPossible(List<SeatLine> lines, int[] masks) {
        return masks.length == 0 || of(lines, masks).length > 0;
    }

    private boolean place(int person, boolean[] seen) {
        for (int l = 0; l < lines.size(); l++) {
            if ((masks[person] >> l & 1) == 0 || seen[l]) {
                continue;
            }
            seen[l] = true;
            if (used[l] < lines.get(l).seats()) {
                used[l]++;
                lineOf[person] = l;
                return true;
            }
            for (int other = 0; other < masks.length; other++) {
                if (lineOf[other] == l && place(other, seen)) {
                    lineOf[person] = l;
                    return true;
                }
            }
        }
        return false;
    }
}
