package jp.musubi.identity.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jp.musubi.identity.Action;

/**
 * What a reader must be allowed to do, somewhere in the current response, to reach a page or endpoint. A handler that
 * touches one region or organisation also asks {@link CurrentActor#require} with that scope. Every handler carries this
 * or {@link OpenToAll}; a test sees to it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
    Action value();
}
