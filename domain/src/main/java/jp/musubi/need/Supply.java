package jp.musubi.need;

import java.util.Comparator;
import java.util.List;
import jp.musubi.common.Quantity;

/**
 * What one community has got and is going to get of one item.
 *
 * @param received in the order of arrival
 * @param underWay sent and not yet received
 * @param reserved promised and not yet sent
 */
public record Supply(List<Receipt> received, Quantity underWay, Quantity reserved) {

    public static final Supply NONE = new Supply(List.of(), Quantity.ZERO, Quantity.ZERO);

    public Supply {
        received = received.stream().sorted(Comparator.comparing(Receipt::at)).toList();
    }
}
