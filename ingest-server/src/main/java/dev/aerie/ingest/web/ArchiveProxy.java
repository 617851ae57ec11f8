package dev.aerie.ingest.web;

import dev.aerie.service.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forwards requests of the recordings page under `/archive` to the storage service, so that page, videos and API
/// share one origin: other sites are refused, and the browser's user and password are passed on. Bodies are
/// streamed, never buffered.
public final class ArchiveProxy {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveProxy.class);
    private static final String PREFIX = "/archive";
    private static final int CONNECT_MILLIS = 3_000;
    private static final long ANSWER_SECONDS = 60;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

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

    private final Optional<String> storage;
    private final HttpClient http;

    /// - `storage`: its URL; empty without one
    public ArchiveProxy(Optional<String> storage, Vertx vertx) {
        this.storage = storage.map(url -> url.replaceAll("/+$", ""));
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    public void addTo(Router router) {
        router.route(PREFIX + "/*").handler(this::pass);
    }

    private void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (storage.isEmpty()) {
            refuse(context, UNAVAILABLE, "no storage service is known to this server: set STORAGE_URL");
            return;
        }
        request.pause();
        var options = new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(storage.get() + request.uri().substring(PREFIX.length()))
                .setTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
        http.request(options)
                .compose(further -> send(request, further))
                .onSuccess(answer -> giveBack(context, answer))
                .onFailure(failure -> {
                    LOG.debug("archive unavailable cause={}", failure.getMessage());
                    refuse(context, BAD_GATEWAY, "the storage service does not answer");
                });
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest further) {
        for (String name : ASKED) {
            request.headers().getAll(name).forEach(value -> further.putHeader(name, value));
        }
        return further.send(request);
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
        var _ = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end("{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + detail + "\"}");
    }
}
