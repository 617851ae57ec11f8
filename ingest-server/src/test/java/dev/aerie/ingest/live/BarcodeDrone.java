package dev.aerie.ingest.live;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.Publication;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.Box;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Publishes a [BarcodeClip] in real time, and beside it a frame result per frame, whose first box says by its place
/// which barcode its frame has. Results come 60 to 120 ms after their frame; some much later, some never.
final class BarcodeDrone implements AutoCloseable {

    static final int RATE = 15;

    private static final long OWN_DELAYS = -1;

    /// The box stands at `FIRST + STEP * n` in both directions, n = barcode % COLUMNS and barcode / COLUMNS % ROWS.
    static final int COLUMNS = 16;

    static final int ROWS = 8;
    static final int FIRST_X = 40;
    static final int STEP_X = 34;
    static final int FIRST_Y = 90;
    static final int STEP_Y = 30;

    private final Streams streams;
    private final ResultHub hub;
    private final List<AccessUnit> clip;
    private final ScheduledExecutorService time = Executors.newScheduledThreadPool(2);
    private volatile @Nullable Publication publication;
    private final boolean crowd;
    private @Nullable Future<?> flight;
    private final AtomicInteger next = new AtomicInteger();
    private volatile long delayMillis = OWN_DELAYS;

    /// - `crowd`: results have more objects than the one box
    BarcodeDrone(Streams streams, ResultHub hub, List<AccessUnit> clip, boolean crowd) {
        this.streams = streams;
        this.hub = hub;
        this.clip = clip;
        this.crowd = crowd;
    }

    /// Takes off: publishes from now on.
    void start(String stream) throws Exception {
        publication = streams.open(stream, "barcode", () -> {});
        flight = time.scheduleAtFixedRate(this::publishNext, 0, 1_000_000 / RATE, TimeUnit.MICROSECONDS);
    }

    /// Whether it still publishes; false also after a failure.
    boolean isFlying() {
        return flight != null && !flight.isDone();
    }

    /// From the next frame on, results come so long after theirs. Returns the barcode of that frame.
    int delay(long millis) {
        delayMillis = millis;
        return next.get() % clip.size();
    }

    @Override
    public void close() {
        time.shutdownNow();
        var open = publication;
        if (open != null) {
            open.end("test is over");
        }
    }

    /// Whether the fleet has something to say about a frame with this barcode.
    static boolean hasResult(int barcode) {
        return barcode % 7 != 5;
    }

    private void publishNext() {
        int barcode = next.getAndIncrement() % clip.size();
        var open = publication;
        if (open == null || !open.publishUntimed(clip.get(barcode), CaptureTime.byArrival(streams.unixNanos()))) {
            return;
        }
        var stamp = open.snapshot().last().orElseThrow();
        if (hasResult(barcode)) {
            var _ = time.schedule(
                    () -> BusMessages.give(hub, result(stamp, barcode)), delayOf(barcode), TimeUnit.MILLISECONDS);
        }
    }

    private long delayOf(int barcode) {
        long defaults = barcode % 25 == 3 ? 700 : 60 + barcode * 13 % 60;
        return delayMillis == OWN_DELAYS ? defaults : delayMillis;
    }

    private FrameResult result(FrameStamp stamp, int barcode) {
        var box =
                new Box(FIRST_X + STEP_X * (barcode % COLUMNS), FIRST_Y + STEP_Y * (barcode / COLUMNS % ROWS), 28, 24);
        var marker = TrackedObject.ofBox(1, "marker", 0.97, box, TrackState.CONFIRMED, barcode);
        var envelope = Envelope.ofFrame(
                stamp.id(),
                stamp.captureTimeNanos(),
                stamp.clock(),
                Instant.EPOCH,
                Producer.of("frame-processor", "test"));
        var size = BarcodeClip.SIZE;
        return new FrameResult(
                envelope,
                size.widthPixels(),
                size.heightPixels(),
                "bytetrack",
                new Timing(1, 1, 1, 1),
                crowd ? List.of(marker, masked(barcode), TENTATIVE) : List.of(marker));
    }

    private static final TrackedObject TENTATIVE =
            TrackedObject.ofBox(12, "car", 0.41, new Box(450, 220, 120, 70), TrackState.TENTATIVE, 2);

    private static TrackedObject masked(int barcode) {
        int centre = 150 + barcode % 100;
        var mask = Mask.encode(360, 640, (x, y) -> Math.hypot((x - centre) / 0.5, y - 230) < 90);
        var box = new Box(centre - 45, 140, 90, 180);
        return new TrackedObject(
                7, "person", 0.91, box, TrackState.CONFIRMED, barcode, null, mask.areaPixels(), mask, null);
    }
}
