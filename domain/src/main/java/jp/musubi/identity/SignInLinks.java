package jp.musubi.identity;

import java.time.Duration;
import java.util.Optional;

/** Port: one-time links that sign a person in. Only a hash of the token is kept. */
public interface SignInLinks {

    /** Makes a link's token: 32 random bytes as URL-safe text, to be shown once. */
    String issue(PersonId person, Purpose purpose, Duration validFor);

    /** Makes every link of the person that was not used yet worthless. */
    void revokeUnused(PersonId person);

    /** Whether a token could still be redeemed, without using it up. */
    boolean isRedeemable(String token);

    /** Uses the token up. Empty if it never existed, has expired or was used before. */
    Optional<PersonId> redeem(String token);

    /** Why a link exists. */
    enum Purpose {
        FIRST_START,
        INVITATION,
        LOST_ACCESS,
        OPERATOR
    }
}
