package jp.musubi.place;

/** Port: where the land ends. */
public interface Coast {

    /**
     * How far a position is from the nearest land, in metres; 0 on land. Good to about 100 m near the coast. Called for
     * every row of an import: an answer takes microseconds.
     */
    double metresToLand(Position position);
}
