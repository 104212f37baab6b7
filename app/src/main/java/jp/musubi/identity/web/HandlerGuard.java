package jp.musubi.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Action;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Asks {@code mayDo} before every handler; one without a declaration is closed. Into a closed response nobody writes, but
 * administrators go on administering it.
 */
@Component
public class HandlerGuard implements HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ObjectProvider<CurrentActor> actor;
    private final ObjectProvider<CurrentResponse> response;
    private final Responses responses;

    HandlerGuard(ObjectProvider<CurrentActor> actor, ObjectProvider<CurrentResponse> response, Responses responses) {
        this.actor = actor;
        this.response = response;
        this.responses = responses;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse reply, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith("jp.musubi.")
                && !isOpen(method)) {
            Action action = requiredAction(method)
                    .orElseThrow(() -> new IllegalStateException(method + " says neither @Requires nor @OpenToAll."));
            boolean allowed = actor.getObject()
                    .actor()
                    .mayDoSomewhere(action, response.getObject().find().map(Response::id));
            if (!allowed) {
                throw new NotAllowed(action);
            }
            if (action != Action.ADMINISTER && !READING.contains(request.getMethod())) {
                response.getObject().find().ifPresent(found -> responses.requireOpen(found.id()));
            }
        }
        return true;
    }

    static boolean isOpen(HandlerMethod method) {
        boolean openClass = AnnotatedElementUtils.hasAnnotation(method.getBeanType(), OpenToAll.class)
                && find(method, Requires.class) == null;
        return openClass || AnnotatedElementUtils.hasAnnotation(method.getMethod(), OpenToAll.class);
    }

    static Optional<Action> requiredAction(HandlerMethod method) {
        return Optional.ofNullable(find(method, Requires.class)).map(Requires::value);
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A find(HandlerMethod method, Class<A> type) {
        A onMethod = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), type);
        return onMethod != null ? onMethod : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), type);
    }
}
