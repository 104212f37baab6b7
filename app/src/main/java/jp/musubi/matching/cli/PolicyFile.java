package jp.musubi.matching.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.store.PolicyJson;

/** Reads a policy from a file for a plan without a database ({@link PolicyJson} says what it looks like). */
final class PolicyFile {

    private PolicyFile() {}

    /**
     * @throws WrongCall if it is no policy; the message says where
     */
    static Policy read(Path file) {
        PolicyTerms terms;
        try {
            terms = PolicyJson.read(Files.readString(file));
        } catch (IOException e) {
            throw new WrongCall("The policy " + file + " cannot be read: " + PlanCommand.why(e));
        } catch (IllegalArgumentException e) {
            throw new WrongCall("The policy " + file + " cannot be used. " + e.getMessage());
        }
        if (terms.catalogueSubstitutes()) {
            throw new WrongCall("The policy " + file + " cannot be used. A plan from files knows no catalogue: name the"
                    + " \"substitutes\" as a list of {\"item\": …, \"insteadOf\": …}.");
        }
        if (!terms.values().fairness().equals(Fairness.NONE)) {
            throw new WrongCall(
                    "The policy " + file + " cannot be used. A plan from files does not know who lives where:"
                            + " leave out communityEquity, municipalityEquity and protectedPeople, or set them to 1.");
        }
        HandlingLimits limits = terms.values().limits();
        if (limits.days() > 0 || limits.bindsShipments()) {
            throw new WrongCall(
                    "The policy " + file + " cannot be used. A plan from files knows no hubs, weights and packs:"
                            + " leave out hubDays, wholePacks and leastShipmentKg, or set them to 0 and false.");
        }
        return terms.values();
    }
}
