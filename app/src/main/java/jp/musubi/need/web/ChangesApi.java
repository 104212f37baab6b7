package jp.musubi.need.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Action;
import jp.musubi.identity.People;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.store.CommunityNews;
import jp.musubi.need.store.CommunityNews.Changed;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What other people changed since a page was loaded: asked for every few seconds, so that nobody works on old news. */
@RestController
@Requires(Action.VIEW_OPERATIONS)
class ChangesApi {

    private static final int MOST = 200;
    private static final int MOST_NAMES = 3;

    private final CommunityNews news;
    private final People people;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Clock realTime;

    ChangesApi(CommunityNews news, People people, CurrentActor actor, CurrentResponse response, Clock realTime) {
        this.news = news;
        this.people = people;
        this.actor = actor;
        this.response = response;
        this.realTime = realTime;
    }

    /**
     * @param asOf real time of the answer
     * @param count at most 200 and one for stock
     * @param by names of those who did it, a few
     */
    record Changes(Instant asOf, int count, List<String> by, List<Thing> things) {}

    /**
     * @param kind community, hub, rate, plan, file or stock
     * @param id of the thing, 0 if the kind says all
     * @param at real time
     */
    record Thing(String kind, long id, @Nullable String by, Instant at) {}

    /**
     * @param since real time
     * @param thing only this one, e.g. {@code hub/12}
     */
    @GetMapping("/api/v1/changes")
    @Transactional(readOnly = true)
    public Changes changes(@RequestParam Instant since, @RequestParam Optional<String> thing) {
        Response current = response.get();
        Optional<Set<String>> regions = actor.actor().regionsFor(Action.VIEW_OPERATIONS, Scope.of(current.id()));
        List<Thing> things = news.listChangesSince(current.id(), since, actor.person(), MOST).stream()
                .filter(each -> isIn(regions, each))
                .filter(each -> thing.isEmpty() || thing.get().equals(each.kind() + "/" + each.id()))
                .map(each -> new Thing(
                        each.kind(), each.id(), each.by().map(people::getName).orElse(null), each.at()))
                .toList();
        return new Changes(
                realTime.instant(),
                things.size(),
                things.stream()
                        .map(Thing::by)
                        .filter(Objects::nonNull)
                        .distinct()
                        .limit(MOST_NAMES)
                        .toList(),
                things);
    }

    private static boolean isIn(Optional<Set<String>> regions, Changed change) {
        return regions.isEmpty()
                || change.municipality()
                        .map(code -> regions.get().stream().anyMatch(code::startsWith))
                        .orElse(true);
    }
}
