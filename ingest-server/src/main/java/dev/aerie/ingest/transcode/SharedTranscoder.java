package dev.aerie.ingest.transcode;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import dev.aerie.rtsp.ffmpeg.UnitTranscoder;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.DecodingStart;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream transcoded to H.264 on a thread of its own, for any number of readers of its output.
///
/// A publisher never waits for it: where it is too slow, the waiting frames are dropped and counted, and it goes on at
/// the next IDR frame.
final class SharedTranscoder implements RelayReader, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTranscoder.class);

    /// Some seconds: a group of pictures comes at once when it begins.
    private static final int MAX_WAITING = 300;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final RelayStream source;
    private final VideoCodec codec;
    private final RelayStream output;
    private final ByteBudget budget;
    private final BackgroundThread thread;

    @GuardedBy("this")
    private final ArrayDeque<AccessUnit> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private final DecodingStart start = new DecodingStart();

    @GuardedBy("this")
    private long dropped;

    @GuardedBy("this")
    private long wantedNanos;

    @GuardedBy("this")
    private boolean ended;

    /// - `output`: taken over
    /// - `budget`: bytes that may wait, for all transcoders
    SharedTranscoder(RelayStream source, VideoCodec codec, RelayStream output, long nowNanos, ByteBudget budget) {
        this.source = source;
        this.codec = codec;
        this.output = output;
        this.wantedNanos = nowNanos;
        this.budget = budget;
        this.thread = BackgroundThread.of("transcoder", source.name(), this::run);
    }

    void start() {
        LOG.info("transcoder begun stream={} codec={}", source.name(), codec.wireName());
        thread.start();
        source.subscribe(this);
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
        return ended || nowNanos - wantedNanos > linger.toNanos();
    }

    synchronized long dropped() {
        return dropped;
    }

    @Override
    public synchronized void accept(AccessUnit unit) {
        if (waiting.size() >= MAX_WAITING) {
            drop();
        }
        if (!start.admits(unit)) {
            dropped++;
        } else if (ended || !budget.take(unit.sizeBytes())) {
            dropped++;
            drop();
        } else {
            waiting.add(unit);
            notifyAll();
        }
    }

    /// What waits is still shown.
    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    @Override
    public void close() {
        source.unsubscribe(this);
        ended();
        boolean _ = thread.close(CLOSE_LIMIT);
        synchronized (this) {
            drop();
        }
        output.close();
        LOG.info("transcoder ended stream={} dropped={}", source.name(), dropped());
    }

    /// A failure ends the decoder in use; the next one begins at the next IDR frame.
    private void run() throws InterruptedException, IOException {
        boolean isDone = false;
        try (var transcoder = UnitTranscoder.open(source.name(), codec)) {
            for (AccessUnit unit = next(); unit != null; unit = next()) {
                transcoder.transcode(unit).forEach(output::publish);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                synchronized (this) {
                    drop();
                }
            }
        }
        output.close();
    }

    /// Waits for the next unit; null where none comes any more.
    private synchronized @Nullable AccessUnit next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        AccessUnit unit = waiting.pollFirst();
        budget.give(unit == null ? 0 : unit.sizeBytes());
        return unit;
    }

    @GuardedBy("this")
    private void drop() {
        dropped += waiting.size();
        budget.give(waiting.stream().mapToLong(AccessUnit::sizeBytes).sum());
        waiting.clear();
        start.restart();
    }
}
