package dev.aerie.ingest.transcode;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.ReaderQueue;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import dev.aerie.rtsp.ffmpeg.UnitTranscoder;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream transcoded to H.264 on a thread of its own, for any number of readers of its output.
///
/// A publisher never waits for it: where it is too slow, the waiting frames are dropped and counted, and it goes on at
/// the next IDR frame.
final class SharedTranscoder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTranscoder.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final RelayStream source;
    private final VideoCodec codec;
    private final VideoDecoders decoders;
    private final RelayStream output;
    private final BackgroundThread thread;

    private final ReaderQueue queue;

    @GuardedBy("this")
    private long wantedNanos;

    /// - `output`: taken over
    /// - `budget`: bytes that may wait, for all transcoders
    /// - `decoders`: whose device decodes, not closed here
    SharedTranscoder(
            RelayStream source,
            VideoCodec codec,
            RelayStream output,
            long nowNanos,
            ByteBudget budget,
            VideoDecoders decoders) {
        this.source = source;
        this.codec = codec;
        this.decoders = decoders;
        this.output = output;
        this.wantedNanos = nowNanos;
        this.queue = new ReaderQueue(budget);
        this.thread = BackgroundThread.of("transcoder", source.name(), this::run);
    }

    void start() {
        LOG.info("transcoder begun stream={} codec={}", source.name(), codec.wireName());
        thread.start();
        source.subscribe(queue);
    }

    RelayStream source() {
        return source;
    }

    RelayStream output() {
        return output;
    }

    /// Somebody is about to read.
    synchronized void touch(long nowNanos) {
        wantedNanos = nowNanos;
    }

    /// Whether its stream has ended, or nobody has read for so long.
    synchronized boolean isIdle(long nowNanos, Duration linger) {
        if (output.readerCount() > 0) {
            wantedNanos = nowNanos;
        }
        return queue.isEnded() || nowNanos - wantedNanos > linger.toNanos();
    }

    long dropped() {
        return queue.dropped();
    }

    @Override
    public void close() {
        source.unsubscribe(queue);
        queue.ended();
        boolean _ = thread.close(CLOSE_LIMIT);
        queue.drop();
        output.close();
        LOG.info("transcoder ended stream={} dropped={}", source.name(), dropped());
    }

    /// A failure ends the decoder in use; the next one begins at the next IDR frame.
    private void run() throws InterruptedException, IOException {
        boolean isDone = false;
        try (var transcoder = UnitTranscoder.open(source.name(), codec, decoders)) {
            for (AccessUnit unit = queue.next(); unit != null; unit = queue.next()) {
                transcoder.transcode(unit).forEach(output::publish);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                queue.drop();
            }
        }
        output.close();
    }
}
