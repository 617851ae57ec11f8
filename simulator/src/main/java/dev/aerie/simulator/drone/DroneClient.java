package dev.aerie.simulator.drone;

import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends each unit of its video when it is due, with inertial samples and telemetry.
///
/// [#run] does it all on the caller's thread; [#stop] and [#statistics] may be called from any. Lends its video: the
/// owner closes it after [#run].
public final class DroneClient {

    private static final Logger LOG = LoggerFactory.getLogger(DroneClient.class);
    private static final double TELEMETRY_PER_SECOND = 5;
    private static final long CATCH_UP_NANOS = 1_000_000_000L;

    private final DroneConfig config;
    private final VideoSource video;
    private final InstantSource clock;
    private final Optional<SensorFeed> sensors;
    private final DroneMeter meter = new DroneMeter();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final double nanosPerFrame;
    private final Optional<Consumer<FrameTruth>> truth;
    private long nextFrame;
    private boolean videoEnded;

    public DroneClient(DroneConfig config, VideoSource video, InstantSource clock) {
        this(config, video, clock, Optional.empty());
    }

    /// - `truth`: receives the ground truth of each sent frame
    public DroneClient(
            DroneConfig config, VideoSource video, InstantSource clock, Optional<Consumer<FrameTruth>> truth) {
        this.truth = truth;
        this.config = config;
        this.video = video;
        this.clock = clock;
        this.nanosPerFrame = 1e9 / video.framesPerSecond();
        this.sensors = video.flight().map(flight -> new SensorFeed(flight, config.imuNoise()));
    }

    /// Returns after the configured time, at the end of the video or after [#stop]; reconnects after a loss.
    ///
    /// Throws [VideoFailedException] only where the video itself cannot be read or drawn.
    public DroneStatistics run() throws VideoFailedException {
        long startedAt = System.nanoTime();
        Duration wait = config.firstRetry();
        var client = HttpClient.newHttpClient();
        try {
            while (!isOver(startedAt)) {
                long framesBefore = meter.framesSent.sum();
                String cause = flyUntilLost(client, startedAt);
                if (isOver(startedAt)) {
                    break;
                }
                wait = meter.framesSent.sum() > framesBefore ? config.firstRetry() : wait;
                LOG.warn("drone lost stream={} cause={} retryMillis={}", config.stream(), cause, wait.toMillis());
                waitUntil(System.nanoTime() + wait.toNanos());
                wait = shorter(wait.multipliedBy(2), config.longestRetry());
            }
        } finally {
            client.shutdownNow();
        }
        return meter.read();
    }

    /// Ends the flight; [#run] returns soon.
    public void stop() {
        stopped.countDown();
    }

    public DroneStatistics statistics() {
        return meter.read();
    }

    /// Runs one connection; returns why it ended.
    private String flyUntilLost(HttpClient client, long startedAt) throws VideoFailedException {
        try (var connection = DroneConnection.open(client, config, video, meter)) {
            LOG.info("drone connected stream={}", config.stream());
            fly(connection, startedAt);
            return "landed";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void fly(DroneConnection connection, long startedAt) throws IOException, VideoFailedException {
        beginAnew();
        long firstFrame = nextFrame;
        long firstDue = System.nanoTime();
        long firstUnix = unixNanos();
        while (!isOver(startedAt)) {
            skip(System.nanoTime() - firstDue - sinceFrame(firstFrame));
            long late = System.nanoTime() - firstDue - sinceFrame(firstFrame);
            if (late > CATCH_UP_NANOS) {
                firstDue += late;
                firstUnix += late;
            }
            long sinceFirst = sinceFrame(firstFrame);
            var unit = unitDueAt(firstDue + sinceFirst);
            if (unit.isEmpty()) {
                return;
            }
            send(
                    connection,
                    unit.get(),
                    nextFrame++,
                    video.capturedAtUnixNanos().orElse(firstUnix + sinceFirst));
        }
    }

    /// Waits until a frame is due, with its unit ready unless the video is live; empty after a stop or at the video's
    /// end.
    private Optional<AccessUnit> unitDueAt(long due) throws VideoFailedException {
        if (video.isLive() && waitUntil(due)) {
            return Optional.empty();
        }
        var unit = nextUnit();
        videoEnded = unit.isEmpty();
        if (System.nanoTime() - due > nanosPerFrame) {
            meter.lateFrames.increment();
        }
        return !video.isLive() && unit.isPresent() && waitUntil(due) ? Optional.empty() : unit;
    }

    /// From a frame to the next one to send, in nanoseconds.
    private long sinceFrame(long frame) {
        return Math.round((nextFrame - frame) * nanosPerFrame);
    }

    /// Skips frames that are too late, if the video allows it.
    private void skip(long lateNanos) {
        int frames = (int) Math.clamp(lateNanos / nanosPerFrame, 0, 1000);
        if (frames > 0) {
            int skipped = video.skip(frames);
            nextFrame += skipped;
            meter.skippedFrames.add(skipped);
        }
    }

    private void send(DroneConnection connection, AccessUnit unit, long frame, long capturedAtUnixNanos)
            throws IOException {
        double seconds = frame * nanosPerFrame / 1e9;
        connection.send(unit, capturedAtUnixNanos, unixNanos());
        truth.ifPresent(log -> log.accept(FrameTruth.of(capturedAtUnixNanos, video.size(), video.visibleBodies())));
        if (sensors.isEmpty()) {
            return;
        }
        connection.sendImu(sensors.get().samplesUntil(seconds, capturedAtUnixNanos));
        long framesPerTelemetry = Math.max(1, Math.round(video.framesPerSecond() / TELEMETRY_PER_SECOND));
        if (frame % framesPerTelemetry == 0) {
            connection.sendTelemetry(sensors.get().telemetry(seconds, capturedAtUnixNanos));
        }
    }

    private void beginAnew() throws VideoFailedException {
        try {
            video.beginAnew();
        } catch (IOException e) {
            throw new VideoFailedException("the video cannot be restarted", e);
        }
        sensors.ifPresent(feed -> feed.skipUntil(nextFrame * nanosPerFrame / 1e9));
    }

    private Optional<AccessUnit> nextUnit() throws VideoFailedException {
        try {
            return video.next();
        } catch (IOException e) {
            throw new VideoFailedException("frame " + nextFrame + " of the video", e);
        }
    }

    private boolean isOver(long startedAt) {
        return videoEnded
                || stopped.getCount() == 0
                || config.runFor()
                        .filter(time -> System.nanoTime() - startedAt >= time.toNanos())
                        .isPresent();
    }

    /// Waits for a moment of `System.nanoTime()`; true if the drone was stopped meanwhile.
    private boolean waitUntil(long nanoTime) {
        try {
            return stopped.await(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            stop();
            return true;
        }
    }

    private long unixNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
