package dev.aerie.ingest.webrtc;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One browser or encoder that reads or publishes one stream: from its first check of ICE to its goodbye. Lives on one
/// event loop; what is called by other threads says so.
final class WebRtcSession implements DtlsLink.Listener {

    /// A browser checks every few seconds that it is still wanted (RFC 7675).
    static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(WebRtcSession.class);
    private static final int MAX_ADDRESSES = 8;
    private static final int RTP_FIRST_BYTE = 128;
    private static final int RTP_LAST_BYTE = 191;
    private static final int RTCP_FIRST_TYPE = 192;
    private static final int RTCP_LAST_TYPE = 223;

    private final String id;
    private final String password;
    private final SessionMedia media;
    private final EventLoop loop;
    private final Socket socket;
    private final DtlsLink dtls;
    private final Set<InetSocketAddress> addresses = new LinkedHashSet<>();
    private volatile @Nullable InetSocketAddress remote;
    private boolean dtlsBegun;
    private boolean mediaBegun;
    private boolean ended;
    private long heardNanos = System.nanoTime();

    /// What a session asks of its server.
    interface Socket {

        /// Sends a datagram; any thread.
        void send(byte[] datagram, InetSocketAddress to);

        /// The session has ended.
        void ended(WebRtcSession session);
    }

    /// - `id`: also the server's ICE user name
    /// - `expected`: of the other end's certificate
    WebRtcSession(
            String id,
            String password,
            SessionMedia media,
            Fingerprint expected,
            EventLoop loop,
            Socket socket,
            DtlsIdentity identity,
            SecureRandom random) {
        this.id = id;
        this.password = password;
        this.media = media;
        this.loop = loop;
        this.socket = socket;
        Runnable left = () -> execute(() -> end("the other end has left"));
        this.dtls = new DtlsLink(id, new DtlsServer(random, identity, expected, left), this::sendNow, this);
    }

    String id() {
        return id;
    }

    SessionMedia media() {
        return media;
    }

    Set<InetSocketAddress> addresses() {
        return addresses;
    }

    /// Answers a check of ICE; returns whether it was this session's.
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
        if (DtlsLink.isDtls(datagram)) {
            if (!dtlsBegun) {
                dtlsBegun = true;
                dtls.start();
            }
            dtls.receive(datagram);
        } else if (mediaBegun && isRtp(datagram)) {
            long now = System.nanoTime();
            if (isRtcp(datagram) ? media.rtcp(datagram, now) : media.rtp(datagram, now)) {
                heardNanos = now;
            }
        }
    }

    /// Called by the thread of DTLS.
    @Override
    public void secured(DtlsServer.Exported keys) {
        execute(() -> {
            if (!ended) {
                mediaBegun = true;
                media.begin(keys, id, String.valueOf(remote), this::sendNow);
            }
        });
    }

    /// Called by the thread of DTLS.
    @Override
    public void failed(String reason) {
        execute(() -> end(reason));
    }

    /// Called about once a second.
    void tick(long nowNanos) {
        if (nowNanos - heardNanos > MAX_SILENCE.toNanos()) {
            end("nothing was heard of the other end");
        } else if (mediaBegun) {
            media.tick(nowNanos);
        }
    }

    void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        dtls.close();
        socket.ended(this);
        media.end(id, reason);
    }

    /// By its first byte (RFC 7983).
    static boolean isRtp(byte[] datagram) {
        int first = Byte.toUnsignedInt(datagram[0]);
        return first >= RTP_FIRST_BYTE && first <= RTP_LAST_BYTE;
    }

    /// By its second byte (RFC 5761).
    private static boolean isRtcp(byte[] datagram) {
        int type = Byte.toUnsignedInt(datagram[1]);
        return type >= RTCP_FIRST_TYPE && type <= RTCP_LAST_TYPE;
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
