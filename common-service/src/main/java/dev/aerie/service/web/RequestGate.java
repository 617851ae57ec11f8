package dev.aerie.service.web;

import dev.aerie.settings.InstanceName;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stands before everything that HTTP serves, also before [BasicAccess]: browsers send a user's credentials along with
/// what pages of other sites ask.
///
/// Refused are
/// - 421: a name in `Host` that is not one of ours ([KnownHosts]); requests without a `Host` come from no browser
/// - 403: what changes something and comes from a page of another site, by `Origin` or `Sec-Fetch-Site`
/// - 415: what changes something by a body that is neither JSON nor SDP, for forms and `text/plain` are sent without
///   asking first
///
/// Every answer forbids browsers to guess content types and to show it in a frame, and pages to load anything from
/// elsewhere.
public final class RequestGate {

    static final int PRIORITY = BasicAccess.PRIORITY + 100;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");
    private static final Set<String> BODIES =
            Set.of("application/json", "application/sdp", "application/trickle-ice-sdpfrag");

    /// Scripts and styles are files; the video is a `blob:` of the page's own.
    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final KnownHosts hosts;

    /// - `hosts`: names of this server with a dot in them, beside the machine's own; [KnownHosts] tells which names
    ///   need not be listed
    public RequestGate(Optional<List<String>> hosts) {
        var names = new ArrayList<>(hosts.orElse(List.of()));
        names.add(InstanceName.hostName());
        this.hosts = new KnownHosts(names);
    }

    /// Puts itself in front of everything that HTTP serves.
    public void guard(Filters filters) {
        filters.register(this::filter, PRIORITY);
    }

    void filter(RoutingContext context) {
        var request = context.request();
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Security-Policy", CONTENT_POLICY);
        var names = names(request);
        boolean changes = !READING.contains(request.method());
        if (!names.stream().allMatch(hosts::isKnown)) {
            refuse(
                    context,
                    421,
                    "Misdirected Request",
                    "the server is not known by this Host: AERIE_HOSTS lists the names with a dot that it has");
        } else if (changes && isOfAnotherSite(request, names.isEmpty() ? null : names.getFirst())) {
            refuse(context, 403, "Forbidden", "a page of another site may not change anything here");
        } else if (changes && hasBody(request) && !isKnown(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(context, 415, "Unsupported Media Type", "a body must have the Content-Type application/json");
        } else {
            context.next();
        }
    }

    private static List<String> names(HttpServerRequest request) {
        var names = new ArrayList<>(request.headers().getAll(HttpHeaders.HOST));
        if (request.version() == HttpVersion.HTTP_2 && request.authority() != null) {
            names.addFirst(request.authority().toString());
        }
        return names;
    }

    private static boolean isOfAnotherSite(HttpServerRequest request, @Nullable String host) {
        String site = request.getHeader("Sec-Fetch-Site");
        return (site != null && OTHER_SITES.contains(site))
                || !SameOrigin.isSame(request.getHeader(HttpHeaders.ORIGIN), host);
    }

    /// HTTP/2 may leave the length out.
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                        || (request.version() == HttpVersion.HTTP_2
                                && request.getHeader(HttpHeaders.CONTENT_TYPE) != null)
                : !length.equals("0");
    }

    private static boolean isKnown(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return BODIES.contains(type.strip().toLowerCase(Locale.ROOT));
    }

    /// Answers with a [Problem] and goes no further.
    static void refuse(RoutingContext context, int status, String title, String detail) {
        var _ = context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\""
                        + detail + "\"}");
    }
}
