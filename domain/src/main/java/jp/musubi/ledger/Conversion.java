package jp.musubi.ledger;

import java.util.List;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;

/**
 * Lots are consumed and new ones made of them: a purchase, a kit, a repack.
 *
 * @param inputs what is consumed
 * @param outputs what is made
 */
public record Conversion(List<Input> inputs, List<Output> outputs) {

    public Conversion {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("A conversion consumes something and makes something.");
        }
    }

    /**
     * @param weight what it counts for in the outputs; for inputs of one item the quantity, else e.g. the value in yen
     */
    public record Input(BalanceKey at, Quantity quantity, long weight) {
        public Input {
            if (weight <= 0 || quantity.isZero()) {
                throw new IllegalArgumentException("What is consumed has a quantity and a weight above 0.");
            }
        }

        /** Counts by its quantity. */
        public static Input of(BalanceKey at, Quantity quantity) {
            return new Input(at, quantity, quantity.baseUnits());
        }
    }

    /**
     * @param named how a list calls it, if one does
     */
    public record Output(
            Optional<DonationLine> named,
            ItemId item,
            Substance substance,
            Quantity quantity,
            LotTerms terms,
            Account.Inside to) {
        public Output {
            if (quantity.isZero()) {
                throw new IllegalArgumentException("A conversion makes at least one unit of each output.");
            }
        }
    }
}
