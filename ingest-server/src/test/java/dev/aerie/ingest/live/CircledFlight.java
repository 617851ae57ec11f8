package dev.aerie.ingest.live;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.EarthPosition;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Transform;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A camera that flies in a circle, as slam-service would publish it, until it is closed.
final class CircledFlight implements AutoCloseable {

    private static final String SESSION = "01K9JXW0Z3T4V5W6X7Y8Z9ABCD";
    private static final long PERIOD_MILLIS = 20;

    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final ResultHub hub;
    private final String stream;
    private long next;

    CircledFlight(ResultHub hub, String stream) {
        this.hub = hub;
        this.stream = stream;
    }

    void start() {
        var _ = time.scheduleAtFixedRate(
                () -> BusMessages.give(hub, pose(next++)), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        time.shutdownNow();
    }

    private CameraPose pose(long number) {
        double angle = number * 0.05;
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        var outwards =
                new Transform(List.of(s, 0.0, c, 8 * c, -c, 0.0, s, 8 * s, 0.0, -1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0));
        var pose = new CameraPose(
                Envelope.ofFrame(
                        new FrameId(stream, SESSION, number),
                        1_763_712_000_000_000_000L + number,
                        CaptureClock.SENDER,
                        Instant.EPOCH,
                        Producer.of("slam-service", "test")),
                outwards,
                CameraPose.Scale.METRIC,
                CameraPose.TrackingState.TRACKING,
                number % 10 == 0,
                321,
                null);
        return pose.onEarth(
                place(8 * c, 8 * s, 2), List.of(new CameraPose.LocatedObject(7, "person", number, place(0, 34, 0))));
    }

    private static EarthPosition place(double eastMetres, double northMetres, double upMetres) {
        double degreesPerMetre = 180 / Math.PI / 6_378_137;
        return new EarthPosition(
                48 + northMetres * degreesPerMetre,
                11 + eastMetres * degreesPerMetre / Math.cos(Math.toRadians(48)),
                upMetres,
                List.of(4.0, 0.0, 0.0, 1.0));
    }
}
