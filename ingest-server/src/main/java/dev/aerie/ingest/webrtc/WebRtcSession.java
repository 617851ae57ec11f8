package dev.aerie.ingest.webrtc;

import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One browser that reads one stream: from its first check of ICE to its goodbye. Lives on one event loop; what is
/// called by other threads says so.
final class WebRtcSession implements RelayReader, DtlsLink.Listener {

    /// A browser checks every few seconds that it is still wanted (RFC 7675).
    static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(WebRtcSession.class);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long MIN_RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int MAX_PENDING_UNITS = 256;
    private static final int MAX_ADDRESSES = 8;
    private static final int RTCP_FIRST_TYPE = 192;
    private static final int RTCP_LAST_TYPE = 223;

    private final String id;
    private final String password;
    private final RelayStream stream;
    private final WebRtcOffer offer;
    private final RtpPacketizer packetizer;
    private final ByteBudget budget;
    private final EventLoop loop;
    private final Socket socket;
    private final DtlsLink dtls;
    private final AtomicInteger pendingUnits = new AtomicInteger();
    private final Set<InetSocketAddress> addresses = new LinkedHashSet<>();

    /// The units that were cached when it joined.
    private final List<AccessUnit> beginning = new ArrayList<>();

    private volatile @Nullable InetSocketAddress remote;
    private @Nullable VideoSender sender;
    private @Nullable SrtcpReceiver receiver;
    private boolean dtlsBegun;
    private boolean flushScheduled;
    private boolean ended;
    private long heardNanos = System.nanoTime();
    private long reportedNanos;
    private long restartedNanos = System.nanoTime() - MIN_RESTART_NANOS;

    /// What a session asks of its server.
    interface Socket {

        /// Sends a datagram; any thread.
        void send(byte[] datagram, InetSocketAddress to);

        /// The session has ended.
        void ended(WebRtcSession session, String reason);

        void countRestart();
    }

    /// - `id`: also the server's ICE user name
    WebRtcSession(
            String id,
            String password,
            RelayStream stream,
            WebRtcOffer offer,
            RtpPacketizer packetizer,
            ByteBudget budget,
            EventLoop loop,
            Socket socket,
            DtlsIdentity identity,
            SecureRandom random) {
        this.id = id;
        this.password = password;
        this.stream = stream;
        this.offer = offer;
        this.packetizer = packetizer;
        this.budget = budget;
        this.loop = loop;
        this.socket = socket;
        Runnable left = () -> execute(() -> end("the browser has left"));
        var server = new DtlsServer(random, identity, offer.fingerprint(), left);
        this.dtls = new DtlsLink(id, server, this::sendNow, this);
    }

    String id() {
        return id;
    }

    String stream() {
        return stream.name();
    }

    Set<InetSocketAddress> addresses() {
        return addresses;
    }

    /// Answers a check of ICE; returns whether it was this browser's.
    boolean check(BindingRequest request, InetSocketAddress from) {
        if (ended || !request.isSignedWith(password)) {
            return false;
        }
        heardNanos = System.nanoTime();
        if (addresses.size() < MAX_ADDRESSES) {
            addresses.add(from);
        }
        if (remote == null || request.nominates()) {
            remote = from;
        }
        socket.send(request.answer(from, password), from);
        return true;
    }

    /// Takes a datagram of an address from which checks came.
    void receive(byte[] datagram) {
        if (ended || datagram.length < 2) {
            return;
        }
        int type = Byte.toUnsignedInt(datagram[1]);
        if (DtlsLink.isDtls(datagram)) {
            if (!dtlsBegun) {
                dtlsBegun = true;
                dtls.start();
            }
            dtls.receive(datagram);
        } else if (type >= RTCP_FIRST_TYPE && type <= RTCP_LAST_TYPE && receiver != null) {
            receiver.unprotect(datagram).map(RtcpFeedback::read).ifPresent(this::react);
        }
    }

    /// Called by the thread of DTLS.
    @Override
    public void secured(DtlsServer.Exported keys) {
        execute(() -> begin(keys));
    }

    /// Called by the thread of DTLS.
    @Override
    public void failed(String reason) {
        execute(() -> end(reason));
    }

    /// Called by the publisher's thread; while it joins, on its own.
    @Override
    public void accept(AccessUnit unit) {
        if (loop.inEventLoop()) {
            beginning.add(unit);
        } else if (pendingUnits.get() > MAX_PENDING_UNITS) {
            execute(() -> Optional.ofNullable(sender).ifPresent(VideoSender::missed));
        } else {
            pendingUnits.incrementAndGet();
            execute(() -> {
                pendingUnits.decrementAndGet();
                send(unit);
            });
        }
    }

    /// Called by the publisher's thread.
    @Override
    public void ended() {
        execute(() -> end("the stream has ended"));
    }

    /// Called about once a second.
    void tick(long nowNanos) {
        if (nowNanos - heardNanos > MAX_SILENCE.toNanos()) {
            end("nothing was heard of the browser");
        } else if (sender != null && nowNanos - reportedNanos > REPORT_NANOS) {
            report(nowNanos);
        }
    }

    long resent() {
        return sender == null ? 0 : sender.resent();
    }

    void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        stream.unsubscribe(this);
        dtls.close();
        if (sender != null) {
            LOG.info("reader left stream={} session={} cause={}", stream.name(), id, reason);
        }
        socket.ended(this, reason);
        if (sender != null) {
            sender.close();
        }
    }

    /// The cached units come within the call that subscribes; those that follow come as tasks, behind this one.
    private void begin(DtlsServer.Exported keys) {
        if (ended) {
            return;
        }
        LOG.info("reader joined stream={} session={} transport=webrtc remote={}", stream.name(), id, remote);
        receiver = new SrtcpReceiver(keys.clientKey(), keys.clientSalt());
        var begun = new VideoSender(
                packetizer,
                new SrtpSender(keys.serverKey(), keys.serverSalt()),
                offer.payloadType(),
                offer.playoutDelay(),
                budget,
                this::sendNow);
        sender = begun;
        stream.subscribe(this);
        begun.catchUp(List.copyOf(beginning));
        beginning.clear();
        flush();
        report(System.nanoTime());
    }

    private void send(AccessUnit unit) {
        if (!ended && sender != null) {
            sender.send(unit);
            flush();
        }
    }

    private void react(RtcpFeedback feedback) {
        heardNanos = System.nanoTime();
        if (sender == null) {
            return;
        }
        feedback.lost().forEach(sender::resend);
        if (feedback.wantsIdr() && heardNanos - restartedNanos > MIN_RESTART_NANOS) {
            restartedNanos = heardNanos;
            socket.countRestart();
            sender.restart(stream.cachedGroup());
            flush();
        }
    }

    private void flush() {
        if (sender != null && !ended && !flushScheduled && sender.flush()) {
            flushScheduled = true;
            var _ = loop.schedule(this::flushMore, 1, TimeUnit.MILLISECONDS);
        }
    }

    private void flushMore() {
        flushScheduled = false;
        flush();
    }

    private void report(long nowNanos) {
        byte[] report = sender == null ? null : sender.report();
        if (report != null) {
            reportedNanos = nowNanos;
            sendNow(report);
        }
    }

    private void sendNow(byte[] datagram) {
        var to = remote;
        if (to != null) {
            socket.send(datagram, to);
        }
    }

    private void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            LOG.debug("session is over with its server session={}", id);
        }
    }
}
