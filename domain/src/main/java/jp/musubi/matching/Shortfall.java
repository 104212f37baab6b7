package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;

/**
 * What a need does not get, and the one main cause.
 *
 * @param unmet units, at least 1
 */
public record Shortfall(NeedKey need, long unmet, Cause cause) {

    /** Why. {@link #code()} is stable. */
    public sealed interface Cause {
        String code();
    }

    /**
     * Nothing of the item is left: this need already gets all that can reach it.
     *
     * @param usable how much could reach it; 0 if there is nothing of the item at all
     */
    public record NothingLeft(long usable) implements Cause {
        @Override
        public String code() {
            return "nothing-left";
        }
    }

    /**
     * All stock comes too late, because it is too far or not there yet.
     *
     * @param lot the one that comes soonest
     * @param late by how much it misses the deadline
     * @param units how much is affected
     */
    public record TooFarForTheDeadline(LotKey lot, double km, Instant arrival, Duration late, long units)
            implements Cause {
        @Override
        public String code() {
            return "too-far-for-the-deadline";
        }
    }

    /**
     * The stock spoils before it could be used there.
     *
     * @param lot the one that misses by least
     * @param missing the shelf life it lacks on arrival
     * @param units how much is affected
     */
    public record ExpiresFirst(LotKey lot, double km, Instant arrival, Duration missing, long units) implements Cause {
        @Override
        public String code() {
            return "expires-first";
        }
    }

    /**
     * No way leads there from any stock.
     *
     * @param units how much is affected
     */
    public record ClosedOff(long units) implements Cause {
        @Override
        public String code() {
            return "closed-off";
        }
    }

    /**
     * People have decided that the stock does not go there.
     *
     * @param units how much is affected
     */
    public record Forbidden(long units) implements Cause {
        @Override
        public String code() {
            return "forbidden";
        }
    }

    /**
     * There is stock, but carrying it so far costs more than the need's next unit is worth under this policy.
     *
     * @param lot the cheapest
     * @param by how much each unit costs too much, in the objective's unit
     */
    public record NotWorthTheDistance(LotKey lot, double km, long by) implements Cause {
        @Override
        public String code() {
            return "not-worth-the-distance";
        }
    }

    /**
     * What could come goes to others, because there it is worth more.
     *
     * @param lot the one this need comes nearest to getting
     * @param other who gets it instead
     * @param by how much more the last unit there is worth than the next one here, the journeys counted in, in the
     *     objective's unit; 0 if it is a tie
     */
    public record OthersNeedItMore(LotKey lot, NeedKey other, long by) implements Cause {
        @Override
        public String code() {
            return "others-need-it-more";
        }
    }

    /**
     * There is stock worth its journey, but its hub passes on no more in this plan.
     *
     * @param lot the nearest of it
     * @param km how far it is
     * @param units how much lies in full hubs for which this holds
     */
    public record HubFull(LotKey lot, double km, long units) implements Cause {
        @Override
        public String code() {
            return "hub-full";
        }
    }

    /**
     * What is left is in closed packs that hold more than is lacking, and the policy keeps packs closed.
     *
     * @param lot the nearest of it
     * @param km how far it is
     * @param packSize units in a pack
     */
    public record PackStaysClosed(LotKey lot, double km, long packSize) implements Cause {
        @Override
        public String code() {
            return "pack-stays-closed";
        }
    }

    /**
     * There is stock worth its journey, but with all that this community could get from there it is too little for a stop.
     *
     * @param lot the nearest of it
     * @param km how far it is
     * @param least kilograms that the policy asks for
     */
    public record NotWorthAStop(LotKey lot, double km, double least) implements Cause {
        @Override
        public String code() {
            return "not-worth-a-stop";
        }
    }

    /** Planning was stopped before it came to this need; plan again for an answer. */
    public record StoppedEarly() implements Cause {
        @Override
        public String code() {
            return "stopped-early";
        }
    }
}
