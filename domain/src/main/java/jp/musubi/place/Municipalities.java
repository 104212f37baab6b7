package jp.musubi.place;

import java.util.List;

/** Port: the municipalities of this installation. */
public interface Municipalities {

    /** All of them with every name, as they are now. Cheap to ask for. */
    MunicipalityDirectory directory();

    /**
     * What a disaster did, by municipality.
     *
     * @param event the code of the response it belongs to, e.g. {@code tohoku-2011}; unknown events have no damage
     */
    List<MunicipalityDamage> listDamage(String event);
}
