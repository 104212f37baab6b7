package jp.musubi.need;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.common.Quantity;

/**
 * net = quantity − received since − under way − reserved, deducted from the earliest deadline first.
 *
 * <p>What arrived counts only against word that was given before: it was there when later word was given. Receipts are
 * deducted in the order of arrival. What is under way or reserved counts against every line.
 */
public final class Netting {

    private Netting() {}

    public static NetNeed net(List<DemandLine> demand, Supply supply) {
        List<DemandLine> lines =
                demand.stream().sorted(DemandLine.EARLIEST_FIRST).toList();
        long[] open =
                lines.stream().mapToLong(line -> line.quantity().baseUnits()).toArray();
        long[] received = new long[open.length];
        for (Receipt receipt : supply.received()) {
            deduct(lines, open, received, receipt.quantity(), receipt.at());
        }
        long[] underWay = new long[open.length];
        long overPromised = deduct(lines, open, underWay, supply.underWay(), Instant.MAX);
        long[] reserved = new long[open.length];
        overPromised += deduct(lines, open, reserved, supply.reserved(), Instant.MAX);
        List<NetLine> result = new ArrayList<>(open.length);
        for (int i = 0; i < open.length; i++) {
            result.add(new NetLine(
                    lines.get(i),
                    new Quantity(received[i]),
                    new Quantity(underWay[i]),
                    new Quantity(reserved[i]),
                    new Quantity(open[i])));
        }
        return new NetNeed(result, new Quantity(overPromised));
    }

    /** Returns what no line could take. */
    private static long deduct(List<DemandLine> lines, long[] open, long[] taken, Quantity quantity, Instant at) {
        long rest = quantity.baseUnits();
        for (int i = 0; i < open.length && rest > 0; i++) {
            if (!lines.get(i).since().isAfter(at)) {
                long part = Math.min(rest, open[i]);
                open[i] -= part;
                taken[i] += part;
                rest -= part;
            }
        }
        return rest;
    }
}
