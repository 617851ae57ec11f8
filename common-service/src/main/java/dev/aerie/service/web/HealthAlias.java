package dev.aerie.service.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Serves `/q/health` and everything below it under the name `/health` as well. It runs before [BasicAccess], which
/// then treats the request as one for `/q/health` and lets everybody in.
@Singleton
final class HealthAlias {

    private static final int BEFORE_ACCESS = BasicAccess.PRIORITY + 1;
    private static final String ALIAS = "/health";
    private static final String NAME = "/q/health";

    void answer(@Observes Filters filters) {
        filters.register(HealthAlias::filter, BEFORE_ACCESS);
    }

    /// Whether a normalized path is that of a health endpoint, by either name.
    static boolean isHealth(String path) {
        return BasicAccess.isHealth(path) || path.equals(ALIAS) || path.startsWith(ALIAS + "/");
    }

    private static void filter(RoutingContext request) {
        String path = request.normalizedPath();
        if (path.equals(ALIAS) || path.startsWith(ALIAS + "/")) {
            request.reroute(NAME + path.substring(ALIAS.length()));
        } else {
            request.next();
        }
    }
}
