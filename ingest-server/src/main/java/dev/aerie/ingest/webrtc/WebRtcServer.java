package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.stream.Publication;
import dev.aerie.ingest.stream.StreamRefusedException;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.limits.ByteBudget;
import dev.aerie.limits.Places;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends relayed streams to browsers and takes streams that are published: all sessions at one UDP port and on
/// one event loop, told apart by their ICE user names and then by the addresses from which valid checks came. Any
/// thread.
public final class WebRtcServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebRtcServer.class);
    private static final long CLOSE_MILLIS = 5_000;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    private static final int ID_BYTES = 16;
    private static final int PASSWORD_BYTES = 16;

    private final WebRtcConfig config;
    private final Streams streams;
    private final DtlsIdentity identity;
    private final SecureRandom random;
    private final ByteBudget budget;
    private final Places places;
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("webrtc", true));
    private final EventLoop loop = loops.next();
    private final Map<String, Entry> sessions = new ConcurrentHashMap<>();

    /// Used on the event loop alone.
    private final Map<InetSocketAddress, WebRtcSession> byAddress = new HashMap<>();

    private final LongAdder resentByEnded = new LongAdder();
    private final LongAdder restarts = new LongAdder();
    private final LongAdder askedByEnded = new LongAdder();
    private final LongAdder idrsAskedByEnded = new LongAdder();
    private volatile @Nullable Channel channel;

    /// - `fragment`: the ICE user name of the offer
    private record Entry(WebRtcSession session, InetAddress client, String fragment) {}

    /// Prepares a server with a certificate of its own; it listens from [#start] on.
    ///
    /// - `streams`: to which streams are published
    /// - `budget`: bytes of all sessions together, for what waits and what may be sent again
    public static WebRtcServer of(
            WebRtcConfig config, Streams streams, SecureRandom random, InstantSource clock, ByteBudget budget) {
        return new WebRtcServer(config, streams, DtlsIdentity.make(random, clock.instant()), random, budget);
    }

    private WebRtcServer(
            WebRtcConfig config, Streams streams, DtlsIdentity identity, SecureRandom random, ByteBudget budget) {
        this.config = config;
        this.streams = streams;
        this.identity = identity;
        this.random = random;
        this.budget = budget;
        this.places = new Places(config.maxSessions(), config.maxSessionsPerAddress());
    }

    /// What was answered to an offer.
    ///
    /// - `session`: its name, which nobody guesses
    public record Opened(String session, String answer) {}

    /// Listens; throws [IOException] if the address is taken or not ours.
    public void start() throws IOException {
        var bound = new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .handler(new Receiver())
                .bind(config.bindHost(), config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on UDP " + config.bindHost() + ":" + config.port(), bound.cause());
        }
        channel = bound.channel();
        var _ = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    public boolean isListening() {
        return channel != null;
    }

    /// The UDP port; throws [IllegalStateException] while it does not listen.
    public int port() {
        return address().getPort();
    }

    /// Answers an offer to read a stream; the session begins when the browser reaches the server, or ends after
    /// [WebRtcSession#MAX_SILENCE]. Empty where all places are taken.
    ///
    /// - `client`: whose session it is
    /// - throws [IllegalArgumentException] with what the offer must be
    public Optional<Opened> read(RelayStream stream, String offer, InetAddress client) throws IOException {
        var read = WebRtcOffer.read(offer, WebRtcOffer.Use.READ);
        var addresses = addresses();
        if (!places.enter(client)) {
            return Optional.empty();
        }
        String id = randomText(ID_BYTES);
        var packetizer = new RtpPacketizer(
                ByteBufAllocator.DEFAULT, random.nextInt(), random.nextInt(1 << 15), random.nextInt(), false);
        var media = new ReaderMedia(stream, read, packetizer, budget, loop, reason -> endNow(id, reason), restarts);
        return Optional.of(open(id, client, read, media, packetizer.ssrc(), addresses));
    }

    /// Answers an offer to publish a stream, likewise.
    ///
    /// - throws [StreamRefusedException] where the stream has a publisher already, or there are too many,
    ///   [IllegalArgumentException] with what the offer must be
    public Optional<Opened> publish(String stream, String offer, InetAddress client)
            throws IOException, StreamRefusedException {
        var read = WebRtcOffer.read(offer, WebRtcOffer.Use.PUBLISH);
        var addresses = addresses();
        if (!places.enter(client)) {
            return Optional.empty();
        }
        String id = randomText(ID_BYTES);
        Publication publication;
        try {
            publication = streams.open(
                    stream,
                    "webrtc publisher " + client.getHostAddress(),
                    () -> execute(() -> endNow(id, "the stream was taken away")));
        } catch (StreamRefusedException | RuntimeException | Error refused) {
            places.leave(client);
            throw refused;
        }
        int ssrc = random.nextInt();
        var media = new PublisherMedia(
                publication, read.format(), ssrc, budget, loop, reason -> endNow(id, reason), streams::unixNanos);
        return Optional.of(open(id, client, read, media, ssrc, addresses));
    }

    /// Whether this session of this stream is there.
    public boolean isOpen(String stream, String session) {
        var entry = sessions.get(session);
        return entry != null && entry.session.media().stream().equals(stream);
    }

    /// Whether this is the ICE user name that the session's offer had.
    boolean isOfOffer(String session, String fragment) {
        var entry = sessions.get(session);
        return entry != null && entry.fragment.equals(fragment);
    }

    /// Ends a session; returns whether there was one of this name and stream.
    public boolean end(String stream, String session) {
        if (!isOpen(stream, session)) {
            return false;
        }
        execute(() -> endNow(session, "the client has left"));
        return true;
    }

    /// Sessions, those that have not reached the server yet among them.
    public int sessions() {
        return sessions.size();
    }

    /// Packets that were sent again.
    public long resent() {
        return resentByEnded.sum() + sum(ReaderMedia.class, ReaderMedia::resent);
    }

    /// Packets that publishers were asked for again.
    public long asked() {
        return askedByEnded.sum() + sum(PublisherMedia.class, PublisherMedia::asked);
    }

    /// IDR frames that publishers were asked for.
    public long idrsAsked() {
        return idrsAskedByEnded.sum() + sum(PublisherMedia.class, PublisherMedia::idrsAsked);
    }

    /// How often a browser asked for an IDR frame and got the cached group.
    public long restarts() {
        return restarts.sum();
    }

    @Override
    public void close() {
        var open = channel;
        channel = null;
        loop.submit(() -> sessions.values().forEach(each -> each.session.end("the server stops")))
                .awaitUninterruptibly(CLOSE_MILLIS);
        if (open != null) {
            open.close().awaitUninterruptibly(CLOSE_MILLIS);
        }
        loops.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }

    /// What fails here gives back the client's place, and of a publisher the stream.
    private Opened open(
            String id,
            InetAddress client,
            WebRtcOffer offer,
            SessionMedia media,
            int ssrc,
            List<InetAddress> addresses) {
        try {
            String password = randomText(PASSWORD_BYTES);
            var answer = new WebRtcAnswer(offer, id, password, identity.fingerprint(), ssrc, addresses, port());
            var opened = new Opened(id, answer.sdp());
            var session = new WebRtcSession(
                    id, password, media, offer.fingerprint(), loop, new SessionSocket(), identity, random);
            sessions.put(id, new Entry(session, client, offer.fragment()));
            return opened;
        } catch (RuntimeException | Error failure) {
            places.leave(client);
            media.end(id, "it could not be opened");
            throw failure;
        }
    }

    /// On the event loop.
    private void endNow(String id, String reason) {
        var entry = sessions.get(id);
        if (entry != null) {
            entry.session.end(reason);
        }
    }

    private void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            LOG.debug("the server has stopped");
        }
    }

    private <T extends SessionMedia> long sum(Class<T> kind, ToLongFunction<T> count) {
        return sessions.values().stream()
                .map(each -> each.session.media())
                .filter(kind::isInstance)
                .map(kind::cast)
                .mapToLong(count)
                .sum();
    }

    private List<InetAddress> addresses() throws IOException {
        return config.addresses().isEmpty() ? LocalAddresses.of(address().getAddress()) : config.addresses();
    }

    private InetSocketAddress address() {
        Channel open = channel;
        if (open == null || !(open.localAddress() instanceof InetSocketAddress address)) {
            throw new IllegalStateException("WebRTC does not listen");
        }
        return address;
    }

    private void tick() {
        long now = System.nanoTime();
        for (Entry each : sessions.values()) {
            try {
                each.session.tick(now);
            } catch (RuntimeException | Error failure) {
                fail(each.session, failure);
            }
        }
    }

    private void receive(byte[] datagram, InetSocketAddress from) {
        if (BindingRequest.isStun(datagram)) {
            BindingRequest.read(datagram).ifPresent(request -> check(request, from));
            return;
        }
        var session = byAddress.get(from);
        if (session != null) {
            try {
                session.receive(datagram);
            } catch (RuntimeException | Error failure) {
                fail(session, failure);
            }
        }
    }

    private void check(BindingRequest request, InetSocketAddress from) {
        var entry = sessions.get(request.serverFragment());
        if (entry != null
                && entry.session.check(request, from)
                && entry.session.addresses().contains(from)) {
            byAddress.put(from, entry.session);
        }
    }

    /// One session that fails ends; the others never notice.
    private static void fail(WebRtcSession session, Throwable failure) {
        LOG.error("session failed session={}", session.id(), failure);
        session.end("a fault of the server");
    }

    private String randomText(int bytes) {
        var all = new byte[bytes];
        random.nextBytes(all);
        return HexFormat.of().formatHex(all);
    }

    private final class SessionSocket implements WebRtcSession.Socket {

        @Override
        public void send(byte[] datagram, InetSocketAddress to) {
            Channel open = channel;
            if (open != null) {
                var _ = open.writeAndFlush(
                        new DatagramPacket(Unpooled.wrappedBuffer(datagram), to), open.voidPromise());
            }
        }

        @Override
        public void ended(WebRtcSession session) {
            var entry = sessions.remove(session.id());
            if (entry != null) {
                places.leave(entry.client);
                switch (session.media()) {
                    case ReaderMedia reader -> resentByEnded.add(reader.resent());
                    case PublisherMedia publisher -> {
                        askedByEnded.add(publisher.asked());
                        idrsAskedByEnded.add(publisher.idrsAsked());
                    }
                }
            }
            session.addresses().forEach(each -> byAddress.remove(each, session));
        }
    }

    private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            receive(ByteBufUtil.getBytes(packet.content()), packet.sender());
        }

        /// Ports that are closed, datagrams that did not fit: the network's matter.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("datagram lost", cause);
        }
    }
}
