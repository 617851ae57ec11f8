package dev.aerie.rtsp.client;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtp.MalformedPacketException;
import dev.aerie.rtp.RtcpPacket;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtp.SenderClock;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open playback. Owns its connection.
public final class TcpUnitSource implements StreamSource<AccessUnit> {

    private static final Logger LOG = LoggerFactory.getLogger(TcpUnitSource.class);

    private final RtspClientConnection connection;
    private final PlaySession session;
    private final int payloadType;
    private final VideoCodec codec;
    private final RtpDepacketizer depacketizer;
    private final SenderClock senderClock = new SenderClock();
    private final ArrayDeque<AccessUnit> ready = new ArrayDeque<>();
    private long lastRequestNanos = System.nanoTime();
    private volatile long skipped;
    private @Nullable IOException end;

    private TcpUnitSource(
            RtspClientConnection connection,
            PlaySession session,
            int payloadType,
            VideoCodec codec,
            RtpDepacketizer depacketizer) {
        this.codec = codec;
        this.connection = connection;
        this.session = session;
        this.payloadType = payloadType;
        this.depacketizer = depacketizer;
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // goes to the source, which closes it
    static TcpUnitSource open(RtspConfig config, Duration gather, RtpDepacketizer.Recovery recovery)
            throws IOException {
        var url = RtspUrl.parse(config.url());
        var connection = RtspClientConnection.connect(url, config.connectTimeout());
        try {
            var session = new PlaySession(connection, url);
            var video = session.play(config.connectTimeout());
            connection.limitWaits(config.stallTimeout());
            connection.gather(gather);
            var codec = video.codec().orElseThrow();
            var depacketizer = new RtpDepacketizer(config.stream(), codec, video.parameterSets(), recovery);
            return new TcpUnitSource(connection, session, video.payloadType(), codec, depacketizer);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// The codec of all its units.
    public VideoCodec codec() {
        return codec;
    }

    @Override
    public AccessUnit next() throws IOException {
        while (ready.isEmpty()) {
            readOn();
        }
        return ready.removeFirst();
    }

    /// Unix time of a frame of this connection by the latest sender report (RTCP), unchecked; empty before the first
    /// report and where the camera sends none.
    public OptionalLong captureTimeNanos(long ptsTicks90k) {
        return senderClock.unixNanos((int) ptsTicks90k);
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        try (connection) {
            session.tearDown();
        } catch (IOException e) {
            LOG.debug("playback not ended properly cause={}", e.getMessage());
        }
    }

    /// Takes the next message. At the end, the last frame is whole though none begins behind it.
    private void readOn() throws IOException {
        if (end != null) {
            throw end;
        }
        try {
            keepAlive();
            accept(connection.next());
        } catch (MalformedVideoException e) {
            throw e;
        } catch (IOException e) {
            end = e;
            ready.addAll(depacketizer.end());
        }
    }

    private void accept(RtspMessage message) throws IOException {
        switch (message) {
            case RtspMessage.Packet packet -> {
                try {
                    accept(packet.channel(), packet.bytes());
                } catch (MalformedPacketException e) {
                    LOG.debug("packet dropped cause={}", e.getMessage());
                }
                skipped = depacketizer.droppedUnits();
            }
            case RtspMessage.Response response -> {
                if (!session.accept(response)) {
                    LOG.debug("request refused status={}", response.status());
                }
            }
            case RtspMessage.Request _, RtspMessage.Malformed _ -> {}
        }
    }

    private void accept(int channel, ByteBuffer bytes) throws MalformedPacketException, MalformedVideoException {
        if (channel == session.rtpChannel()) {
            var packet = RtpPacket.parse(bytes);
            if (packet.payloadType() == payloadType) {
                ready.addAll(depacketizer.push(packet));
            }
        } else if (channel == session.rtcpChannel()) {
            RtcpPacket.parse(bytes).report().ifPresent(senderClock::accept);
        }
    }

    private void keepAlive() throws IOException {
        long now = System.nanoTime();
        if (now - lastRequestNanos > session.keepAliveEvery().toNanos()) {
            lastRequestNanos = now;
            session.keepAlive();
        }
    }
}
