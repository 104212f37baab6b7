package jp.musubi.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The rooms (modules) and arrows (dependencies) of docs/architecture.md, held against the code. */
@AnalyzeClasses(packages = "jp.musubi", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsAndArrowsTest {

    private static final Set<String> FOUNDATION = Set.of("common", "response", "identity", "place");

    /** Feature → features it may use directly; arrows are transitive, and all may use the foundation. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("common", Set.of()),
            Map.entry("response", Set.of("common")),
            Map.entry("identity", Set.of("common", "response")),
            Map.entry("place", Set.of("common", "response", "identity", "inbox")),
            Map.entry("inbox", Set.of("common", "response", "identity")),
            Map.entry("catalog", Set.of("inbox")),
            Map.entry("ledger", Set.of("catalog", "inbox")),
            Map.entry("need", Set.of("catalog", "inbox")),
            Map.entry("volunteer", Set.of("ledger", "inbox")),
            Map.entry("matching", Set.of("ledger", "need", "volunteer")),
            Map.entry("dispatch", Set.of("matching", "ledger")),
            Map.entry("giving", Set.of("ledger", "matching")),
            Map.entry("training", Set.of("ledger", "inbox")),
            Map.entry("cooperative", Set.of("training", "ledger")),
            Map.entry(
                    "trace",
                    Set.of(
                            "ledger",
                            "need",
                            "matching",
                            "dispatch",
                            "giving",
                            "training",
                            "cooperative",
                            "volunteer")));

    private static final Set<String> PARTS = Set.of("store", "geo", "feed", "job", "solver", "web", "paper", "cli");

    @ArchTest
    static final ArchRule integrationAndBatchJobsDoNotKnowEachOther = noClasses()
            .that()
            .resideInAnyPackage("jp.musubi.*.feed..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jp.musubi.*.job..", "jp.musubi.*.solver..");

    @ArchTest
    static final ArchRule jobsDoNotKnowRoutes = noClasses()
            .that()
            .resideInAnyPackage("jp.musubi.*.job..", "jp.musubi.*.solver..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jp.musubi.*.feed..", "org.apache.camel..");

    @ArchTest
    static final ArchRule storageKnowsNoOneAbove = noClasses()
            .that()
            .resideInAnyPackage("jp.musubi.*.store..", "jp.musubi.*.geo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jp.musubi.*.feed..",
                    "jp.musubi.*.job..",
                    "jp.musubi.*.solver..",
                    "jp.musubi.*.web..",
                    "jp.musubi.*.paper..",
                    "jp.musubi.*.cli..");

    @ArchTest
    static final ArchRule onlyTheAppKnowsTheWeb = noClasses()
            .that()
            .resideOutsideOfPackages("jp.musubi.*.web..", "jp.musubi.*.paper..", "jp.musubi.*.cli..", "jp.musubi")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..", "org.thymeleaf..");

    @ArchTest
    static final ArchRule featuresUseOnlyWhatTheirArrowsAllow = classes()
            .should(new ArchCondition<>("use only features that their arrows allow") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    String from = featureOf(user);
                    if (from.isEmpty() || isWiring(user)) {
                        return;
                    }
                    Set<String> allowed = reachableFrom(from);
                    user.getDirectDependenciesFromSelf().forEach(dependency -> {
                        String to = featureOf(dependency.getTargetClass());
                        if (!to.isEmpty() && !to.equals(from) && !allowed.contains(to)) {
                            events.add(SimpleConditionEvent.violated(
                                    user, from + " may not use " + to + ": " + dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static void seesEveryModule(JavaClasses classes) {
        for (String part : Set.of("store", "web", "cli")) {
            assertThat(classes.that(new DescribedPredicate<>("part " + part) {
                        @Override
                        public boolean test(JavaClass type) {
                            return type.getPackageName().endsWith("." + part);
                        }
                    }))
                    .as(part)
                    .isNotEmpty();
        }
    }

    /** Pages and commands compose features freely; the arrows bind rules, storage, routes and jobs. */
    private static boolean isWiring(JavaClass type) {
        String name = type.getPackageName();
        return name.endsWith(".web") || name.endsWith(".cli") || name.endsWith(".paper");
    }

    private static String featureOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("jp.musubi.")) {
            return "";
        }
        String feature = name.substring("jp.musubi.".length()).split("\\.", -1)[0];
        return ARROWS.containsKey(feature) || PARTS.contains(feature) ? feature : "unknown feature " + feature;
    }

    private static Set<String> reachableFrom(String feature) {
        Set<String> reachable = new LinkedHashSet<>();
        if (!Set.of("common", "response", "identity", "inbox").contains(feature)) {
            reachable.addAll(FOUNDATION);
        }
        collect(feature, reachable);
        return reachable;
    }

    private static void collect(String feature, Set<String> into) {
        for (String next : ARROWS.getOrDefault(feature, Set.of())) {
            if (into.add(next)) {
                collect(next, into);
            }
        }
    }
}
