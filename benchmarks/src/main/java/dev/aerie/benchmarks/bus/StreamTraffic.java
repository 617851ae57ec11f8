package dev.aerie.benchmarks.bus;

import dev.aerie.messages.BodyFrame;
import dev.aerie.messages.Box;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Quaternion;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.Transform;
import dev.aerie.messages.Vector3;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.IntStream;

/// What one stream of the fleet publishes in a second: 10 results of frames with three masks, 30 poses, 20 batches of
/// ten inertial readings, 5 reports of a vehicle.
///
/// The capture time of each message is the reading of `System.nanoTime()` when it was made, so that a reader in the
/// same process knows how long it was under way.
enum StreamTraffic {
    FRAME_RESULT(10) {
        @Override
        Message message(String stream, long nowNanos) {
            var timing = new Timing(2.1, 0.4, 31.5, 34.0);
            return new FrameResult(ofFrame(stream, nowNanos), WIDTH, HEIGHT, "edgetam", timing, OBJECTS);
        }
    },
    POSE(30) {
        @Override
        Message message(String stream, long nowNanos) {
            return new CameraPose(
                    ofFrame(stream, nowNanos),
                    POSE_OF_CAMERA,
                    CameraPose.Scale.METRIC,
                    CameraPose.TrackingState.TRACKING,
                    false,
                    1834,
                    null);
        }
    },
    IMU_BATCH(20) {
        @Override
        Message message(String stream, long nowNanos) {
            var readings = IntStream.range(0, READINGS)
                    .mapToObj(reading -> new ImuBatch.Reading(nowNanos + reading * READING_NANOS, TURN, REST))
                    .toList();
            return new ImuBatch(ofMeasurement(stream, nowNanos), BodyFrame.FRD, readings);
        }
    },
    TELEMETRY(5) {
        @Override
        Message message(String stream, long nowNanos) {
            return new Telemetry(
                    ofMeasurement(stream, nowNanos), 48.137154, 11.576124, 540.5, 20.5, TURN, LEVEL, 271.5, 83.0);
        }
    };

    /// Messages of one stream in a second.
    static final int PER_SECOND = 65;

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int READINGS = 10;
    private static final long READING_NANOS = 5_000_000;
    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Instant MADE_AT = Instant.ofEpochSecond(1_763_712_000);
    private static final Producer PRODUCER = Producer.of("bench", "bench");
    private static final Vector3 TURN = new Vector3(0.0123, -0.0211, 0.5012);
    private static final Vector3 REST = new Vector3(0.1043, 0.0271, -9.8113);
    private static final Quaternion LEVEL = new Quaternion(1, 0, 0, 0);
    private static final Transform POSE_OF_CAMERA = new Transform(
            List.of(0.0, 0.0, 1.0, 4.2518, -1.0, 0.0, 0.0, -0.5183, 0.0, -1.0, 0.0, 1.7511, 0.0, 0.0, 0.0, 1.0));
    private static final List<TrackedObject> OBJECTS =
            IntStream.rangeClosed(1, 3).mapToObj(StreamTraffic::person).toList();
    private static final List<StreamTraffic> ORDER = spread();

    private final int perSecond;

    StreamTraffic(int perSecond) {
        this.perSecond = perSecond;
    }

    /// A message of this kind, made now.
    ///
    /// - `nowNanos`: its capture time
    abstract Message message(String stream, long nowNanos);

    /// The kind of a stream's message number `index`: all kinds come in turn, as often as they do in a second.
    static StreamTraffic kindOf(long index) {
        return ORDER.get((int) (index % PER_SECOND));
    }

    /// Mean size of a message in bytes.
    static int meanBytes() {
        long bytes = 0;
        for (StreamTraffic kind : values()) {
            bytes += (long) kind.perSecond * Messages.write(kind.message("bench-1", 1_763_712_000_123_456_789L)).length;
        }
        return (int) (bytes / PER_SECOND);
    }

    private static Envelope ofFrame(String stream, long nowNanos) {
        var id = new FrameId(stream, SESSION, 1042);
        return Envelope.ofFrame(id, nowNanos, CaptureClock.SENDER, MADE_AT, PRODUCER);
    }

    private static Envelope ofMeasurement(String stream, long nowNanos) {
        return Envelope.ofMeasurement(stream, SESSION, nowNanos, CaptureClock.SENDER, MADE_AT, PRODUCER);
    }

    private static TrackedObject person(int id) {
        int left = 200 * id;
        var mask = Mask.encode(HEIGHT, WIDTH, (x, y) -> Math.hypot((x - left - 50) / 50.0, (y - 400) / 100.0) < 1);
        var box = new Box(left, 300, 100, 200);
        return new TrackedObject(
                id, "person", 0.91, box, TrackState.CONFIRMED, 412, null, mask.areaPixels(), mask, null);
    }

    /// Each kind evenly over the second, by how far it is behind its share.
    private static List<StreamTraffic> spread() {
        var order = new ArrayList<StreamTraffic>(PER_SECOND);
        var sent = new EnumMap<StreamTraffic, Integer>(StreamTraffic.class);
        while (order.size() < PER_SECOND) {
            StreamTraffic next = Arrays.stream(values())
                    .min(Comparator.comparingDouble(kind -> (sent.getOrDefault(kind, 0) + 1.0) / kind.perSecond))
                    .orElseThrow();
            sent.merge(next, 1, Integer::sum);
            order.add(next);
        }
        return List.copyOf(order);
    }
}
