package dev.aerie.frames.testing;

import dev.aerie.frames.pipeline.ObjectMessages;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.messages.Box;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.track.TrackedObjectState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Frames as the pipeline hands them on, with objects that a test places.
public final class ProcessedFrames {

    private static final Producer PRODUCER = Producer.of("frame-processor", "fp-test");

    private ProcessedFrames() {}

    /// `frame` with confirmed objects in `boxes`, numbered from 1; looking took 20 ms.
    public static ProcessedFrame of(VideoFrame frame, Box... boxes) {
        var objects = new ArrayList<TrackedObjectState>();
        for (Box box : boxes) {
            long number = objects.size() + 1L;
            objects.add(TrackedObjectState.of(new BoxTrack(number, box, "thing", 0.9, TrackState.CONFIRMED, 5)));
        }
        return new ProcessedFrame(frame, List.copyOf(objects), result(frame, objects));
    }

    private static FrameResult result(VideoFrame frame, List<TrackedObjectState> objects) {
        var stamp = frame.stamp();
        var envelope = Envelope.ofFrame(
                stamp.id(), stamp.captureTimeNanos(), stamp.clock(), Instant.EPOCH, PRODUCER.with("truth"));
        return new FrameResult(
                envelope,
                frame.size().widthPixels(),
                frame.size().heightPixels(),
                "things",
                new Timing(2, 1, 20, 23),
                objects.stream().map(ObjectMessages::of).toList());
    }
}
