package dev.aerie.service.web;

import dev.aerie.limits.Places;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.time.Duration;

/// Bounds how many requests are under way and how long their heads and bodies take. A request may hold a worker thread
/// for as long as its client likes to write its body or to read the answer: fewer are under way than there are threads
/// (`quarkus.thread-pool.max-threads`), so that health is answered whatever clients do. WebSockets are counted by
/// [SocketLimit]; players of HLS, whose requests wait for frames without a thread, have places of their own.
///
/// - 503 with `Retry-After`: too many requests are under way, of all clients or of this address
/// - a connection beyond those of its address is closed ([ConnectionLimit])
/// - a connection whose request's head ([HeadDeadline]) or body does not come in time is closed
public final class RequestLimits {

    /// Before everything else: what is refused costs nothing more.
    private static final int PRIORITY = RequestGate.PRIORITY + 100;

    /// Probes have places of their own.
    private static final int HEALTH_PLACES = 16;

    private static final String PLAYERS_PATH = "/hls/";

    /// For one place of a request that may hold a thread.
    private static final int PLAYERS_PLACES = 4;

    /// How long a client whose request is refused may go on to send it before its connection is closed.
    private static final Duration LINGER = Duration.ofMillis(200);

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final String COUNTED = RequestLimits.class.getName();

    private final Places underWay;
    private final Places health = new Places(HEALTH_PLACES, HEALTH_PLACES);
    private final Places players;
    private final Duration timeout;
    private final int connectionsPerAddress;

    public RequestLimits(HttpLimits limits) {
        underWay = new Places(limits.requests(), limits.requestsPerAddress());
        players = new Places(PLAYERS_PLACES * limits.requests(), PLAYERS_PLACES * limits.requestsPerAddress());
        timeout = limits.body();
        connectionsPerAddress = limits.connectionsPerAddress();
    }

    /// Puts itself in front of everything that HTTP serves. To be called before a server binds.
    public void guard(Filters filters) {
        HeadDeadline.install(timeout);
        ConnectionLimit.install(connectionsPerAddress);
        filters.register(this::filter, PRIORITY);
    }

    void filter(RoutingContext context) {
        var request = context.request();
        if (context.get(COUNTED) != null) {
            context.next();
            return;
        }
        HeadDeadline.arrived(request);
        context.addEndHandler(_ -> awaitTheNext(context));
        if (isWebSocket(request)) {
            context.next();
            return;
        }
        var places = placesFor(context.normalizedPath());
        var client = address(request.remoteAddress());
        if (!places.enter(client)) {
            context.response().putHeader("Retry-After", "1").putHeader(HttpHeaders.CONNECTION, "close");
            RequestGate.refuse(context, 503, "Service Unavailable", "too many requests are under way");
            closeUnlessSent(context, LINGER);
            return;
        }
        context.put(COUNTED, true); // A request that is routed anew is still the same.
        context.addEndHandler(_ -> places.leave(client));
        if (RequestGate.hasBody(request)) {
            closeUnlessSent(context, timeout);
        }
        context.next();
    }

    /// Requests taken and not yet answered.
    int underWay() {
        return underWay.taken();
    }

    private Places placesFor(String path) {
        if (HealthAlias.isHealth(path)) {
            return health;
        }
        return path.startsWith(PLAYERS_PATH) ? players : underWay;
    }

    private static void awaitTheNext(RoutingContext context) {
        if (context.response().getStatusCode() != SWITCHING_PROTOCOLS) {
            HeadDeadline.answered(context.request());
        }
    }

    private static void closeUnlessSent(RoutingContext context, Duration timeout) {
        long _ = context.vertx().setTimer(timeout.toMillis(), _ -> {
            if (!context.request().isEnded()) {
                var _ = context.request().connection().close();
            }
        });
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method())
                && request.path() != null
                && request.path().startsWith("/ws/")
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /// Of a client; one behind a socket that is no IP socket is on this machine.
    public static InetAddress address(SocketAddress remote) {
        String literal = remote.hostAddress();
        return literal == null ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(literal);
    }
}
