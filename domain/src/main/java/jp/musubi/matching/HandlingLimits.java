package jp.musubi.matching;

/**
 * What a policy says of how goods are handled.
 *
 * @param days how many days' work of hubs and vehicles a plan may use, 0 (they have no limit) to {@value #MOST_DAYS}
 * @param kilogramsPerHour what one person picks, packs and loads in an hour: turns a hub's hands into kilograms, more than 0
 * @param wholePacks whether closed packs stay closed
 * @param leastShipmentKg what must go from one place to one community together, of all items, so that it is worth a stop, 0
 *     (anything) to {@value #MOST_SHIPMENT_KG}. What weighs nobody knows how much counts as enough
 * @param coldHours how long what must be kept cold may be on the way without a cold vehicle, 0 (it does not bind) to
 *     {@value #MOST_COLD_HOURS}
 */
public record HandlingLimits(
        int days, double kilogramsPerHour, boolean wholePacks, double leastShipmentKg, double coldHours) {

    /** A plan for longer than a month is none. */
    public static final int MOST_DAYS = 31;

    public static final int MOST_KILOGRAMS_PER_HOUR = 10_000;
    public static final int MOST_SHIPMENT_KG = 10_000;
    public static final int MOST_COLD_HOURS = 240;

    /** A guess to begin with: to be confirmed by who works there. */
    public static final double USUAL_KILOGRAMS_PER_HOUR = 250;

    public static final HandlingLimits NONE = new HandlingLimits(0, USUAL_KILOGRAMS_PER_HOUR, false, 0, 0);

    public HandlingLimits {
        require(days, MOST_DAYS, "A plan uses the throughput of days of a hub");
        require(leastShipmentKg, MOST_SHIPMENT_KG, "The least shipment in kg");
        require(coldHours, MOST_COLD_HOURS, "The hours without cold");
        if (!(kilogramsPerHour > 0 && kilogramsPerHour <= MOST_KILOGRAMS_PER_HOUR)) {
            throw new IllegalArgumentException("One person handles more than 0 and at most " + MOST_KILOGRAMS_PER_HOUR
                    + " kg in an hour, but it was " + kilogramsPerHour + ".");
        }
    }

    private static void require(double value, int most, String what) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(what + " lies between 0 and " + most + ", but was " + value + ".");
        }
    }

    public HandlingLimits withDays(int other) {
        return new HandlingLimits(other, kilogramsPerHour, wholePacks, leastShipmentKg, coldHours);
    }

    /** Whether what comes out of sums must be rounded to what people can handle. */
    public boolean bindsShipments() {
        return wholePacks || leastShipmentKg > 0;
    }
}
