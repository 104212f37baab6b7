package jp.musubi.catalog;

/** Port: the catalogue of this installation. All responses share it. */
public interface Catalogue {

    /** The catalogue as of now; cheap to ask for again. */
    ItemCatalogue current();
}
