package jp.musubi.place.geo;

import java.awt.Font;

/** The fonts of a map; both must have the characters of all names. */
public record MapFonts(Font regular, Font bold) {

    Font regular(double points) {
        return regular.deriveFont((float) points);
    }

    Font bold(double points) {
        return bold.deriveFont((float) points);
    }
}
