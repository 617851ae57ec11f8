package dev.aerie.ingest.web;

import dev.aerie.service.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forwards requests of the recordings page under `/archive/api` to the storage service's `/api`, so that page, videos
/// and API share one origin: other sites are refused, and the browser's user and password are passed on. Bodies are
/// streamed, never buffered.
///
/// Where a request goes is the setting's business alone: of the request's own target only path and query are used, and
/// redirects are not followed.
public final class ArchiveProxy {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveProxy.class);
    private static final String PREFIX = "/archive";
    private static final String FORWARDED = PREFIX + "/api/";
    private static final int CONNECT_MILLIS = 3_000;
    private static final long ANSWER_SECONDS = 60;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_ALLOWED = 405;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE);

    /// Headers forwarded with a request or a response; all others are hop-by-hop.
    private static final List<String> ASKED = List.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "Content-Length",
            "If-Match",
            "If-None-Match",
            "If-Range",
            "Range");

    private static final List<String> ANSWERED = List.of(
            "Accept-Ranges",
            "Aerie-Capture-Time",
            "Aerie-Frame-Number",
            "Aerie-Session",
            "Cache-Control",
            "Content-Disposition",
            "Content-Length",
            "Content-Range",
            "Content-Type",
            "ETag",
            "WWW-Authenticate");

    private final Optional<URI> storage;
    private final HttpClient http;

    /// - `storage`: its URL; empty without one
    /// - `trust`: whose certificates are believed; empty for those that the JDK believes
    public ArchiveProxy(Optional<String> storage, Optional<TrustOptions> trust, Vertx vertx) {
        this.storage = storage.map(URI::create);
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
        trust.ifPresent(options::setTrustOptions);
        this.http = vertx.createHttpClient(options);
    }

    public void addTo(Router router) {
        router.route(PREFIX + "/*").handler(this::pass);
    }

    private void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (storage.isEmpty()) {
            refuse(context, UNAVAILABLE, "no storage service is known to this server: set STORAGE_URL");
        } else if (!METHODS.contains(request.method())) {
            refuse(context, NOT_ALLOWED, "the archive knows GET, HEAD, PUT, POST and DELETE");
        } else if (!request.uri().startsWith(FORWARDED) || !isInside(context.normalizedPath())) {
            refuse(context, BAD_REQUEST, "the path must begin with " + FORWARDED + " and stay there");
        } else {
            request.pause();
            http.request(further(storage.get(), context))
                    .compose(further -> send(request, further))
                    .onSuccess(answer -> giveBack(context, answer))
                    .onFailure(failure -> {
                        LOG.debug("archive unavailable cause={}", failure.getMessage());
                        refuse(context, BAD_GATEWAY, "the storage service does not answer");
                    });
        }
    }

    /// Whether a path whose dot segments are resolved stays there for a server that decodes slashes first, too.
    private static boolean isInside(String normalized) {
        String decoded = normalized.toLowerCase(Locale.ROOT).replace("%2f", "/").replace("%2e", ".") + "/";
        return normalized.startsWith(FORWARDED)
                && !decoded.contains("/../")
                && !decoded.contains("/./")
                && !decoded.contains("\\")
                && !decoded.contains("%5c")
                && !decoded.contains("%00");
    }

    private static RequestOptions further(URI storage, RoutingContext context) {
        boolean isSecure = "https".equalsIgnoreCase(storage.getScheme());
        int port = storage.getPort() < 0 ? (isSecure ? HTTPS_PORT : HTTP_PORT) : storage.getPort();
        String query = context.request().query();
        return new RequestOptions()
                .setMethod(context.request().method())
                .setSsl(isSecure)
                .setHost(storage.getHost())
                .setPort(port)
                .setURI(withoutSlash(storage.getRawPath())
                        + context.normalizedPath().substring(PREFIX.length())
                        + (query == null ? "" : "?" + query))
                .setFollowRedirects(false)
                .setTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest further) {
        for (String name : ASKED) {
            request.headers().getAll(name).forEach(value -> further.putHeader(name, value));
        }
        boolean hasBody = request.getHeader("Content-Length") != null || request.getHeader("Transfer-Encoding") != null;
        return hasBody ? further.send(request) : further.send();
    }

    private static void giveBack(RoutingContext context, HttpClientResponse answer) {
        var response = context.response().setStatusCode(answer.statusCode());
        for (String name : ANSWERED) {
            answer.headers().getAll(name).forEach(value -> response.putHeader(name, value));
        }
        if (answer.getHeader("Content-Length") == null) {
            response.setChunked(true);
        }
        response.closeHandler(_ -> answer.request().reset()); // a player that jumps leaves in the middle
        answer.pipeTo(response).onFailure(failure -> LOG.debug("answer cut cause={}", failure.getMessage()));
    }

    private static void refuse(RoutingContext context, int status, String detail) {
        if (context.response().headWritten()) {
            boolean _ = context.response().reset();
            return;
        }
        Problem.answer(context.response(), status, detail);
    }
}
