package jp.musubi.volunteer;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A problem as a text: equal texts, equal problems. Holds homes and is only hashed. */
public final class InputText {

    private InputText() {}

    public static Stream<String> of(RosterProblem problem) {
        return Stream.of(
                        Stream.of(problem.policy().toString()),
                        problem.people().stream().map(InputText::person),
                        problem.shifts().stream().map(RosterProblem.OpenShift::toString),
                        problem.fixed().stream().sorted().map(RosterProblem.Seat::toString),
                        bans("ban", problem.bans()),
                        bans("before", problem.proposedBefore()))
                .flatMap(lines -> lines);
    }

    private static String person(RosterProblem.Candidate person) {
        return String.join(
                " ",
                person.id().toString(),
                person.team().toString(),
                person.skills().toString(),
                person.home().toString(),
                Integer.toString(person.radiusKm()),
                Boolean.toString(person.minor()),
                Boolean.toString(person.mayWork()),
                SkillText.write(person.availability()),
                person.workedOn().stream().sorted().toList().toString(),
                person.knownTo().stream().sorted().toList().toString());
    }

    private static Stream<String> bans(String word, Set<RosterProblem.Ban> bans) {
        return bans.stream()
                .sorted(Comparator.comparing(RosterProblem.Ban::shift).thenComparing(RosterProblem.Ban::person))
                .map(ban -> word + " " + ban);
    }
}
