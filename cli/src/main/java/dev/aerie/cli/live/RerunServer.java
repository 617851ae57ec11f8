package dev.aerie.cli.live;

import com.google.protobuf.ByteString;
import dev.aerie.cli.rerun.LogMessage;
import dev.aerie.cli.rerun.RrdWriter;
import dev.aerie.threads.BackgroundThread;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Serves a live recording on loopback to viewers of Rerun: as a file that goes on (`GET /STREAM.rrd`), and as its
/// message proxy (`ReadMessages` by gRPC, and by gRPC-Web for viewers in a browser).
///
/// Pages of other machines are refused by `Origin`, their names for this one by `Host`.
final class RerunServer implements AutoCloseable {

    private static final int LIMIT_SECONDS = 5;
    private static final int MAX_VIEWERS = 16;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NO_PLACE = 503;

    private final LiveLog log;
    private final String path;
    private final HttpServer server;
    private final Map<Long, LiveViewer> viewers = new ConcurrentHashMap<>();
    private final AtomicLong droppedBefore = new AtomicLong();
    private final AtomicLong names = new AtomicLong();

    private RerunServer(Vertx vertx, String stream, LiveLog log) {
        this.log = log;
        this.path = "/" + stream + ".rrd";
        this.server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(this::answer);
    }

    /// - `port`: 0 for any that is free
    static RerunServer start(Vertx vertx, int port, String stream, LiveLog log)
            throws IOException, InterruptedException {
        var server = new RerunServer(vertx, stream, log);
        try {
            var _ = server.server
                    .listen(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("port " + port + " cannot be listened on: " + LiveViewer.reason(e.getCause()), e);
        }
        return server;
    }

    int port() {
        return server.actualPort();
    }

    /// The addresses to open.
    String addresses() {
        return "http://127.0.0.1:" + port() + path + "\nrerun+http://127.0.0.1:" + port() + "/proxy";
    }

    int viewers() {
        return viewers.size();
    }

    /// Messages that viewers were too slow for.
    long dropped() {
        return droppedBefore.get()
                + viewers.values().stream()
                        .mapToLong(feed -> feed.queue().dropped())
                        .sum();
    }

    @Override
    public void close() {
        viewers.values().forEach(feed -> feed.end().complete("closed"));
        var _ = server.close();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (request.authority() == null
                || !LOOPBACK.contains(request.authority().host())
                || (origin != null && !isLoopback(origin))) {
            refuse(response, FORBIDDEN);
            return;
        }
        if (origin != null) {
            allow(request, origin);
        }
        String type =
                Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)).orElse("");
        if (request.method().equals(HttpMethod.OPTIONS)) {
            refuse(response, NO_CONTENT);
        } else if (viewers.size() >= MAX_VIEWERS) {
            refuse(response, NO_PLACE);
        } else if (request.method().equals(HttpMethod.GET) && request.path().equals(path)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
            feed(response, MessageProxy::file, RrdWriter.beginning(), () -> MessageProxy.buffer(RrdWriter.end()));
        } else if (request.method().equals(HttpMethod.POST)
                && request.path().equals(MessageProxy.READ)
                && type.startsWith(MessageProxy.GRPC)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
            boolean web = type.startsWith(MessageProxy.GRPC_WEB);
            if (!web && request.version() == HttpVersion.HTTP_2) {
                response.putTrailer("grpc-status", "0");
            }
            feed(response, MessageProxy::call, ByteString.EMPTY, web ? MessageProxy::webTrailers : Buffer::buffer);
        } else {
            refuse(response, NOT_FOUND);
        }
    }

    /// What ends a connection in good order.
    @FunctionalInterface
    private interface Ending {
        Buffer buffer();
    }

    private void feed(
            HttpServerResponse response, Function<LogMessage, Buffer> framing, ByteString beginning, Ending ending) {
        var end = new CompletableFuture<String>();
        response.closeHandler(_ -> end.complete("the viewer has gone"));
        response.exceptionHandler(failure -> end.complete(LiveViewer.reason(failure)));
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (response.streamId() < 0) {
            response.setChunked(true);
        }
        if (beginning.isEmpty()) {
            var _ = response.writeHead();
        } else {
            var _ = response.write(MessageProxy.buffer(beginning));
        }
        var feed = new LiveViewer(log.join(), response, framing, end);
        long name = names.incrementAndGet();
        viewers.put(name, feed);
        BackgroundThread.of("rerun-viewer", String.valueOf(name), () -> {
                    try {
                        String _ = feed.run();
                    } finally {
                        log.leave(feed.queue());
                        droppedBefore.addAndGet(feed.queue().dropped());
                        viewers.remove(name);
                    }
                    if (!response.closed()) {
                        var _ = response.end(ending.buffer());
                    }
                })
                .start();
    }

    private static void allow(HttpServerRequest request, String origin) {
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.VARY, "Origin")
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "grpc-status, grpc-message");
        String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                    .putHeader("Access-Control-Allow-Private-Network", "true");
        }
    }

    private static boolean isLoopback(String origin) {
        @Nullable String host;
        try {
            host = URI.create(origin).getHost();
        } catch (IllegalArgumentException _) {
            return false;
        }
        return host != null && LOOPBACK.contains(host);
    }

    private static void refuse(HttpServerResponse response, int status) {
        var _ = response.setStatusCode(status).end();
    }
}
