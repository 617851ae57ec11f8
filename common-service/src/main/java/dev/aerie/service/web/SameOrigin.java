package dev.aerie.service.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Whether a request comes from a page of the same site. Browsers let pages of other sites open WebSockets and send
/// the user's credentials along.
///
/// Only browsers send an `Origin`; requests without one are accepted. A reverse proxy must pass `Host` on.
public final class SameOrigin {

    private SameOrigin() {}

    /// - `origin`, `host`: headers of the request; null if missing
    public static boolean isSame(@Nullable String origin, @Nullable String host) {
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
