package dev.aerie.rtsp.tcp;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open playback. Owns its connection.
final class TcpUnitSource implements StreamSource<AccessUnit> {

    private static final Logger LOG = LoggerFactory.getLogger(TcpUnitSource.class);

    /// Servers take a client for gone after 60 s without a word (RFC 2326, section 12.37).
    private static final Duration WORD_EVERY = Duration.ofSeconds(20);

    private static final int FIRST_ERROR = 300;

    private final RtspWire wire;
    private final RtspSession session;
    private final RtpUnpacker unpacker;
    private final ArrayDeque<AccessUnit> ready = new ArrayDeque<>();
    private long lastWordNanos = System.nanoTime();
    private volatile long skipped;
    private @Nullable IOException end;

    private TcpUnitSource(RtspWire wire, RtspSession session, RtpUnpacker unpacker) {
        this.wire = wire;
        this.session = session;
        this.unpacker = unpacker;
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // goes to the source, which closes it
    static TcpUnitSource open(RtspConfig config, Duration gather) throws IOException {
        var url = RtspUrl.parse(config.url());
        var wire = RtspWire.connect(url, config.connectTimeout());
        try {
            var session = new RtspSession(wire, url);
            var video = session.play(config.connectTimeout());
            wire.limitWaits(config.stallTimeout());
            wire.gather(gather);
            return new TcpUnitSource(wire, session, new RtpUnpacker(config.stream(), video));
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    @Override
    public AccessUnit next() throws IOException {
        while (ready.isEmpty()) {
            readOn();
        }
        return ready.removeFirst();
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        try (wire) {
            session.tearDown();
        } catch (IOException e) {
            LOG.debug("playback not ended properly cause={}", e.getMessage());
        }
    }

    /// Takes what comes next. At the end, the last frame is whole though none begins behind it.
    private void readOn() throws IOException {
        if (end != null) {
            throw end;
        }
        try {
            sayAWord();
            take(wire.next());
        } catch (MalformedVideoException e) {
            throw e;
        } catch (IOException e) {
            end = e;
            ready.addAll(unpacker.end());
        }
    }

    private void take(RtspMessage message) throws IOException {
        switch (message) {
            case RtspMessage.Packet packet
            when packet.channel() == 0 -> {
                ready.addAll(unpacker.push(packet.bytes()));
                skipped = unpacker.skipped();
            }
            case RtspMessage.Packet _, RtspMessage.Request _ -> {}
            case RtspMessage.Reply reply -> {
                if (reply.status() >= FIRST_ERROR) {
                    LOG.debug("request refused status={}", reply.status());
                }
            }
        }
    }

    private void sayAWord() throws IOException {
        long now = System.nanoTime();
        if (now - lastWordNanos > WORD_EVERY.toNanos()) {
            lastWordNanos = now;
            session.keepAlive();
        }
    }
}
