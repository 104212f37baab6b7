package jp.musubi.identity;

/** The office a person holds by a grant. */
public enum Role {
    /** Plans and dispatches relief. */
    COORDINATOR,
    /** Follows cohorts of trainees into co-operatives. */
    TRAINER,
    /** Sees where the own gifts went. */
    DONOR,
    /** A commissioning municipality: its own region's figures. */
    MUNICIPALITY,
    /** Runs the installation: people, grants, responses. */
    ADMINISTRATOR
}
