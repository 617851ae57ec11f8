package dev.aerie.ptz.web;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Refuses WebSockets that pages of other sites open: browsers let them, and send the user's credentials along.
@Singleton
public final class SameOrigin implements HttpUpgradeCheck {

    private static final int FORBIDDEN = 403;

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var headers = context.httpRequest().headers();
        return isSame(headers.get("Origin"), headers.get("Host"))
                ? CheckResult.permitUpgrade()
                : CheckResult.rejectUpgrade(FORBIDDEN);
    }

    static boolean isSame(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
