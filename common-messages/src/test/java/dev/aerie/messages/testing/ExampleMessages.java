package dev.aerie.messages.testing;

import dev.aerie.messages.Alert;
import dev.aerie.messages.BodyFrame;
import dev.aerie.messages.Box;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Identification;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.ImuSample;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Message;
import dev.aerie.messages.Point;
import dev.aerie.messages.Producer;
import dev.aerie.messages.PtzEvent;
import dev.aerie.messages.Quaternion;
import dev.aerie.messages.RawDetection;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.Telemetry;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.Transform;
import dev.aerie.messages.Vector3;
import dev.aerie.messages.WorkerStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of each kind, with every field that it can have.
public final class ExampleMessages {

    public static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";

    private static final long CAPTURED = 1_763_712_000_123_456_789L;
    private static final Instant MADE_AT = Instant.ofEpochMilli(1_763_712_000_187L);
    private static final Vector3 TURNING = new Vector3(0.01, -0.02, 0.5);
    private static final Vector3 RESTING = new Vector3(0.1, 0.0, -9.81);

    private ExampleMessages() {}

    public static List<Message> all() {
        return List.of(
                frameResult(),
                pose(),
                identification(),
                imuSample(),
                imuBatch(),
                telemetry(),
                streamEvent(StreamEvent.Kind.STARTED, "drone", SESSION),
                workerStatus(WorkerStatus.State.FAILED, "drone", SESSION),
                recordingEvent(),
                ptzEvent(),
                alert(),
                restart());
    }

    public static FrameResult frameResult() {
        var mask = Mask.encode(720, 1280, (x, y) -> x >= 600 && x < 700 && y >= 300 && y < 500);
        var person = new TrackedObject(
                7,
                "person",
                0.91,
                new Box(600, 300, 100, 200),
                TrackState.CONFIRMED,
                412,
                "box",
                mask.areaPixels(),
                mask,
                List.of(new Point(600, 300), new Point(699, 300), new Point(699, 499), new Point(600, 499)));
        var car = TrackedObject.ofBox(8, "car", 0.4, new Box(10.5, 20, 64, 32.25), TrackState.TENTATIVE, 1);
        return new FrameResult(
                ofFrame("frame-processor", "edgetam"),
                1280,
                720,
                "edgetam",
                new Timing(2.1, 0.4, 31.5, 34.0),
                List.of(person, car),
                List.of(new RawDetection("car", 0.4, new Box(10.5, 20, 64, 32.25))));
    }

    public static CameraPose pose() {
        var worldFromCamera = new Transform(
                List.of(0.0, 0.0, 1.0, 4.25, -1.0, 0.0, 0.0, -0.5, 0.0, -1.0, 0.0, 1.75, 0.0, 0.0, 0.0, 1.0));
        return new CameraPose(
                ofFrame("slam-service", null),
                worldFromCamera,
                CameraPose.Scale.ARBITRARY,
                CameraPose.TrackingState.TRACKING,
                true,
                1834,
                null);
    }

    public static Identification identification() {
        return new Identification(
                ofFrame("frame-processor", "plates"),
                7,
                List.of(new Identification.Finding("delivery van", 0.83, "white, two doors")),
                List.of(1020L, 1042L));
    }

    public static ImuSample imuSample() {
        return new ImuSample(ofMeasurement(), BodyFrame.FRD, TURNING, RESTING);
    }

    public static ImuBatch imuBatch() {
        return new ImuBatch(
                ofMeasurement(),
                BodyFrame.FLU,
                List.of(
                        new ImuBatch.Reading(CAPTURED, TURNING, RESTING),
                        new ImuBatch.Reading(CAPTURED + 5_000_000, TURNING, RESTING)));
    }

    public static Telemetry telemetry() {
        return new Telemetry(
                ofMeasurement(),
                48.137154,
                11.576124,
                569.5,
                50.0,
                new Vector3(3.5, -0.25, 0.0),
                new Quaternion(1, 0, 0, 0),
                271.5,
                83.0);
    }

    public static StreamEvent streamEvent(StreamEvent.Kind kind, String stream, String session) {
        var producer = Producer.of("ingest-server", "ingest-1");
        var first = new FrameId(stream, session, 0);
        return new StreamEvent(
                Envelope.ofFrame(first, CAPTURED, CaptureClock.SENDER, MADE_AT, producer),
                kind,
                1280,
                720,
                "h264",
                29.97,
                "/" + stream,
                null);
    }

    public static WorkerStatus workerStatus(WorkerStatus.State state, String stream, String session) {
        var envelope = new Envelope(stream, session, null, null, null, MADE_AT, Producer.of("frame-processor", "fp-1"));
        return new WorkerStatus(
                envelope, "frame-processor", "fp-1", state, "java.lang.IllegalStateException: no memory left", 2);
    }

    public static RecordingEvent recordingEvent() {
        return new RecordingEvent(
                ofFrame("storage-service", null),
                RecordingEvent.Kind.WRITTEN,
                RecordingEvent.Item.SEGMENT,
                "01K9JXW80000000000000000AB",
                "drone/2025-11-21/0800.mp4",
                1341,
                10_000_000_000L,
                2_621_440);
    }

    public static PtzEvent ptzEvent() {
        return PtzEvent.draft(ofFrame("ptz-service", "yolox_nano"), PtzEvent.Kind.MOVE_COMMANDED, "gate")
                .object(7L)
                .velocity(new PtzEvent.Velocity(12.5, -3.0, 0.0))
                .build();
    }

    public static Alert alert() {
        return new Alert(
                ofFrame("ingest-server", null),
                Alert.Kind.BEGAN,
                SESSION + "-7-gate-1042",
                "gate",
                7,
                "person",
                0.91,
                new Box(600, 300, 100, 200),
                1280,
                720,
                3.04,
                0.125);
    }

    public static RestartRequest restart() {
        return new RestartRequest(
                Envelope.ofRequest("drone", MADE_AT, Producer.of("dashboard", "web")),
                "frame-processor",
                "asked for by an operator");
    }

    private static Envelope ofFrame(String service, @Nullable String model) {
        var producer = new Producer(service, service + "-1", model);
        return Envelope.ofFrame(new FrameId("drone", SESSION, 1042), CAPTURED, CaptureClock.SENDER, MADE_AT, producer);
    }

    private static Envelope ofMeasurement() {
        return Envelope.ofMeasurement(
                "drone", SESSION, CAPTURED, CaptureClock.SENDER, MADE_AT, Producer.of("ingest-server", "ingest-1"));
    }
}
