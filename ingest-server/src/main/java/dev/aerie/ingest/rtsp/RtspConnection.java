package dev.aerie.ingest.rtsp;

import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.rtsp.sdp.SdpWriter;
import dev.aerie.rtsp.sdp.SessionDescription;
import dev.aerie.video.AccessUnit;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection: answers its requests in order and owns its session. Everything here runs on one event loop.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: nothing is left to do when a close fails.
final class RtspConnection extends SimpleChannelInboundHandler<RtspMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);
    private static final String METHODS =
            "OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, PAUSE, RECORD, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
    private static final long LOOK_MILLIS = 100;
    private static final int MAX_WAITING_REQUESTS = 32;
    private static final int MAX_REFUSED_CREDENTIALS = 5;

    private final RtspServerContext serverContext;
    private final long number;
    private final ArrayDeque<RtspMessage.Request> waiting = new ArrayDeque<>();

    private Optional<ClientSession> session = Optional.empty();
    private Optional<StreamUri> described = Optional.empty();
    private @Nullable Future<?> watch;
    private @Nullable Promise<Optional<AccessUnit>> awaited;
    private boolean describing;
    private int refusedCredentials;
    private long touchedNanos = System.nanoTime();

    RtspConnection(RtspServerContext context) {
        super(RtspMessage.class, false);
        this.serverContext = context;
        this.number = context.newConnectionNumber();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var timeouts = serverContext.config().timeouts();
        Duration shortest = timeouts.session();
        for (Duration other : new Duration[] {timeouts.publisher(), timeouts.stalledReader()}) {
            shortest = other.compareTo(shortest) < 0 ? other : shortest;
        }
        long periodMillis = Math.clamp(shortest.toMillis() / 4, 10, 5_000);
        watch = context.executor()
                .scheduleAtFixedRate(
                        () -> guarded(context, () -> checkTime(context)),
                        periodMillis,
                        periodMillis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endSession("the connection was closed");
        var task = watch;
        if (task != null) {
            task.cancel(false);
        }
        var idr = awaited;
        if (idr != null) {
            idr.trySuccess(Optional.empty());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RtspMessage message) {
        switch (message) {
            case RtspMessage.Packet packet ->
                session.ifPresent(open -> open.interleaved(packet.channel(), packet.bytes()));
            case RtspMessage.Response _ ->
                refuse(context, new RtspMessage.Malformed(400, "no response is expected", Optional.empty(), false));
            case RtspMessage.Malformed malformed -> refuse(context, malformed);
            case RtspMessage.Request request -> enqueue(context, request);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What TLS does not understand comes wrapped.
        boolean lost = cause instanceof IOException
                || (cause instanceof DecoderException && cause.getCause() instanceof IOException);
        if (!lost) {
            LOG.error("connection failed remote={}", remoteAddress(context), cause);
        }
        try {
            endSession(lost ? "the connection was lost" : "internal error");
        } finally {
            context.close();
        }
    }

    private void enqueue(ChannelHandlerContext context, RtspMessage.Request request) {
        touch();
        if (waiting.size() >= MAX_WAITING_REQUESTS) {
            context.close();
            return;
        }
        waiting.add(request);
        answerWaiting(context);
    }

    /// Answers in order; a DESCRIBE that waits for its stream holds up those behind it.
    private void answerWaiting(ChannelHandlerContext context) {
        while (!describing && !waiting.isEmpty() && context.channel().isActive()) {
            RtspMessage.Request request = waiting.remove();
            try {
                handle(context, request);
            } catch (RefusedException e) {
                send(context, request, e.response());
                closeAfterTooManyGuesses(context);
            }
        }
    }

    private void closeAfterTooManyGuesses(ChannelHandlerContext context) {
        if (refusedCredentials >= MAX_REFUSED_CREDENTIALS) {
            LOG.warn("credentials refused remote={} times={}", remoteAddress(context), refusedCredentials);
            context.close();
        }
    }

    private void handle(ChannelHandlerContext context, RtspMessage.Request request) throws RefusedException {
        checkSessionId(request);
        switch (request.method()) {
            case "OPTIONS" -> send(context, request, RtspResponse.ok().header("Public", METHODS));
            case "DESCRIBE" -> describe(context, request);
            case "ANNOUNCE" -> announce(context, request);
            case "SETUP" -> setup(context, request);
            case "PLAY" -> start(context, request, ReadSession.class);
            case "RECORD" -> start(context, request, RecordSession.class);
            case "PAUSE" -> send(context, request, open().pause());
            case "TEARDOWN" -> teardown(context, request);
            case "GET_PARAMETER", "SET_PARAMETER" -> parameter(context, request);
            default ->
                send(
                        context,
                        request,
                        RtspResponse.refused(501, request.method() + " is not implemented")
                                .header("Allow", METHODS));
        }
    }

    private void describe(ChannelHandlerContext context, RtspMessage.Request request) throws RefusedException {
        var uri = StreamUri.parse(request.uri());
        admit(context, request, RtspAction.READ);
        if (!serverContext.mayCome(uri.stream())) {
            serverContext.stream(uri.stream());
        }
        described = Optional.of(uri);
        describing = true;
        awaitStream(context, request, uri, System.nanoTime());
    }

    /// One that may come is looked for again and again.
    private void awaitStream(
            ChannelHandlerContext context, RtspMessage.Request request, StreamUri uri, long begunNanos) {
        var loop = context.channel().eventLoop();
        var patience = serverContext.config().timeouts().describe();
        boolean isPatient = System.nanoTime() - begunNanos < patience.toNanos();
        if (!context.channel().isActive()) {
            describing = false;
        } else if (isPatient && serverContext.mayCome(uri.stream())) {
            var _ = loop.schedule(
                    () -> guarded(context, () -> awaitStream(context, request, uri, begunNanos)),
                    LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
        } else {
            awaitIdr(context, request, uri, loop);
        }
    }

    private void awaitIdr(ChannelHandlerContext context, RtspMessage.Request request, StreamUri uri, EventLoop loop) {
        try {
            awaited = IdrWaiter.await(
                    serverContext.stream(uri.stream()),
                    loop,
                    serverContext.config().timeouts().describe(),
                    idr -> guarded(context, () -> answerDescribe(context, request, uri, idr)));
        } catch (RefusedException e) {
            answerDescribe(context, request, uri, Optional.empty());
        }
    }

    private void answerDescribe(
            ChannelHandlerContext context, RtspMessage.Request request, StreamUri uri, Optional<AccessUnit> idr) {
        describing = false;
        send(
                context,
                request,
                idr.map(unit -> description(context, request, uri, unit))
                        .orElseGet(() -> RtspResponse.refused(404, "no frame of " + uri.stream() + " came in time")));
        answerWaiting(context);
    }

    private static RtspResponse description(
            ChannelHandlerContext context, RtspMessage.Request request, StreamUri uri, AccessUnit idr) {
        var local = (InetSocketAddress) context.channel().localAddress();
        String base = request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
        return RtspResponse.ok()
                .header("Content-Base", base)
                .body(
                        "application/sdp",
                        SdpWriter.describe(uri.stream(), idr, local.getAddress().getHostAddress()));
    }

    private void announce(ChannelHandlerContext context, RtspMessage.Request request) throws RefusedException {
        var uri = StreamUri.parse(request.uri());
        admit(context, request, RtspAction.PUBLISH);
        if (session.isPresent()) {
            throw new RefusedException(455, "this connection has a session already");
        }
        session = Optional.of(new RecordSession(
                context.channel(), serverContext, uri.stream(), announced(request.body()), this::touch));
        send(context, request, RtspResponse.ok());
    }

    private static SessionDescription announced(String body) throws RefusedException {
        try {
            return SessionDescription.parse(body);
        } catch (IOException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
    }

    private void setup(ChannelHandlerContext context, RtspMessage.Request request) throws RefusedException {
        boolean publishing = session.isPresent() && session.get() instanceof RecordSession;
        admit(context, request, publishing ? RtspAction.PUBLISH : RtspAction.READ);
        if (session.isEmpty()) {
            session = Optional.of(readSession(context, StreamUri.parse(request.uri())));
        }
        send(context, request, open().setup(request));
    }

    private ReadSession readSession(ChannelHandlerContext context, StreamUri uri) throws RefusedException {
        // Some players leave the query out of the SETUP URI: what DESCRIBE said of the same stream counts then.
        boolean trailingAud = uri.trailingAud()
                .or(() -> described.filter(d -> d.stream().equals(uri.stream())).flatMap(StreamUri::trailingAud))
                .orElse(serverContext.config().trailingAud());
        return new ReadSession(
                context.channel(), serverContext, serverContext.stream(uri.stream()), trailingAud, this::touch);
    }

    private void start(ChannelHandlerContext context, RtspMessage.Request request, Class<? extends ClientSession> kind)
            throws RefusedException {
        admit(context, request, kind == RecordSession.class ? RtspAction.PUBLISH : RtspAction.READ);
        if (!kind.isInstance(open())) {
            throw new RefusedException(455, request.method() + " does not fit what was set up");
        }
        send(context, request, open().start(request));
    }

    private void teardown(ChannelHandlerContext context, RtspMessage.Request request) throws RefusedException {
        var response = RtspResponse.ok().header("Session", open().id());
        endSession("TEARDOWN");
        send(context, request, response);
    }

    /// Both are used to keep a session alive; parameters we have none.
    private void parameter(ChannelHandlerContext context, RtspMessage.Request request) {
        boolean asks = !request.body().isBlank();
        send(context, request, asks ? RtspResponse.refused(451, "no parameters here") : RtspResponse.ok());
    }

    private ClientSession open() throws RefusedException {
        return session.orElseThrow(() -> new RefusedException(455, "there is no session: SETUP comes first"));
    }

    private void checkSessionId(RtspMessage.Request request) throws RefusedException {
        Optional<String> given = request.header("Session").map(value -> value.split(";", 2)[0].strip());
        if (given.isPresent() && !given.equals(session.map(ClientSession::id))) {
            throw new RefusedException(454, "no such session on this connection");
        }
    }

    /// Refuses a client that did not prove to be one who may do this with its stream, and asks it for credentials by
    /// that. Where too many wrong ones came from its address, they are not looked at.
    private void admit(ChannelHandlerContext context, RtspMessage.Request request, RtspAction action)
            throws RefusedException {
        var access = serverContext.config().access();
        if (access.isOpen(action)) {
            return;
        }
        String stream = session.isPresent() ? session.get().stream() : StreamUri.parse(request.uri()).stream();
        boolean guesses = request.header("Authorization").isPresent();
        var from = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (guesses && !serverContext.guesses().mayGuess(from)) {
            String reason = "too many wrong credentials came from this address";
            throw new RefusedException(RtspResponse.refused(503, reason).header("Retry-After", "2"), reason);
        }
        var challenge =
                serverContext.authenticator().challenge(request, user -> access.find(action, stream, user), number);
        if (challenge.isPresent()) {
            if (guesses && !challenge.get().isStale()) {
                serverContext.guesses().wrong(from);
                refusedCredentials++;
            }
            throw new RefusedException(challenge.get().response(), "credentials are needed");
        }
        refusedCredentials = 0;
    }

    private void send(ChannelHandlerContext context, RtspMessage.Request request, RtspResponse response) {
        session.filter(_ -> response.status() == 200)
                .ifPresent(open -> response.header("Session", open.id() + ";timeout=" + timeoutSeconds()));
        context.writeAndFlush(Unpooled.wrappedBuffer(
                        response.encode(request.header("CSeq").orElse("0"))))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void refuse(ChannelHandlerContext context, RtspMessage.Malformed malformed) {
        serverContext.countMalformed();
        var response = RtspResponse.refused(malformed.status(), malformed.reason());
        context.writeAndFlush(
                        Unpooled.wrappedBuffer(response.encode(malformed.cseq().orElse("0"))))
                .addListener(malformed.fatal() ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /// What Netty would only log ends the connection, as it does everywhere else.
    private void guarded(ChannelHandlerContext context, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            exceptionCaught(context, failure);
        }
    }

    private void checkTime(ChannelHandlerContext context) {
        Optional<String> overdue = session.flatMap(ClientSession::overdue);
        boolean idle = System.nanoTime() - touchedNanos
                > serverContext.config().timeouts().session().toNanos();
        boolean alive = session.isPresent() && session.get().isAlive();
        if (overdue.isPresent() || (idle && !alive)) {
            endSession(overdue.orElse("no sign of life"));
            context.close();
        }
    }

    private void endSession(String cause) {
        var ending = session;
        session = Optional.empty();
        ending.ifPresent(open -> open.close(cause));
    }

    private void touch() {
        touchedNanos = System.nanoTime();
    }

    private long timeoutSeconds() {
        return Math.max(1, serverContext.config().timeouts().session().toSeconds());
    }

    private static String remoteAddress(ChannelHandlerContext context) {
        return String.valueOf(context.channel().remoteAddress());
    }
}
