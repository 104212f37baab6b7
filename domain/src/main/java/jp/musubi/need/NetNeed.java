package jp.musubi.need;

import java.util.List;
import jp.musubi.common.Quantity;

/**
 * What one community still needs of one item.
 *
 * @param lines the earliest deadline first, also those that are covered
 * @param overPromised under way or reserved beyond all demand
 */
public record NetNeed(List<NetLine> lines, Quantity overPromised) {

    public NetNeed {
        lines = List.copyOf(lines);
    }

    /** Everything asked for or estimated. */
    public Quantity gross() {
        return lines.stream().map(line -> line.line().quantity()).reduce(Quantity.ZERO, Quantity::plus);
    }

    /** What is still to be found. */
    public Quantity net() {
        return lines.stream().map(NetLine::net).reduce(Quantity.ZERO, Quantity::plus);
    }

    /** What arrived and counts against the demand. */
    public Quantity received() {
        return lines.stream().map(NetLine::received).reduce(Quantity.ZERO, Quantity::plus);
    }

    /** What is sent or promised and counts against the demand. */
    public Quantity promised() {
        return lines.stream().map(line -> line.underWay().plus(line.reserved())).reduce(Quantity.ZERO, Quantity::plus);
    }
}
