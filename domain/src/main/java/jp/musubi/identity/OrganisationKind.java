package jp.musubi.identity;

/** What an organisation is in the tree union → member co-operative → office, or beside it. */
public enum OrganisationKind {
    UNION,
    MEMBER,
    OFFICE,
    MUNICIPALITY,
    DONOR
}
