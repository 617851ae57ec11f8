package dev.aerie.evaluation.mot;

import dev.aerie.messages.TrackState;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.FrameDetections;
import dev.aerie.vision.mot.MultiObjectTracker;
import dev.aerie.vision.motion.CameraMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A tracker's result on one labelled video.
///
/// - `found`: the objects detected in each frame
/// - `associationNanos`: of all frames together: detections in, tracks out
public record MotRun(MotSequence sequence, List<MotBox> found, int frames, long associationNanos) {

    private static final String LABEL = "person";
    private static final double NANOS_PER_MILLI = 1e6;

    public MotRun {
        found = List.copyOf(found);
    }

    /// Runs `tracker`, which is fresh, on the detections; only confirmed objects count. No image is looked at: the
    /// camera's motion is unknown and there are no embeddings.
    public static MotRun of(MotSequence sequence, MultiObjectTracker tracker) {
        var byFrame = sequence.detectionsByFrame();
        var found = new ArrayList<MotBox>();
        long nanos = 0;
        for (int frame = 1; frame <= sequence.lastFrame(); frame++) {
            var detections = byFrame.getOrDefault(frame, List.of()).stream()
                    .map(box -> new Detection(box.box(), LABEL, Math.clamp(box.score(), 0.0, 1.0)))
                    .toList();
            var input = new FrameDetections(detections, CameraMotion.NONE, 1, sequence.frame());
            long begun = System.nanoTime();
            List<BoxTrack> tracks = tracker.update(input);
            nanos += System.nanoTime() - begun;
            for (var track : tracks) {
                if (track.state() == TrackState.CONFIRMED) {
                    found.add(new MotBox(frame, track.id(), track.box(), track.score()));
                }
            }
        }
        return new MotRun(sequence, found, sequence.lastFrame(), nanos);
    }

    /// Of this video alone.
    public MotScores scores() {
        return MotScores.of(sequence, found);
    }

    /// Of several videos together.
    public static MotScores combined(List<MotRun> runs) {
        return MotScores.combined(
                runs.stream().map(MotRun::sequence).toList(),
                runs.stream().map(MotRun::found).toList());
    }

    /// Milliseconds per frame, over several videos.
    public static double associationMillis(List<MotRun> runs) {
        long nanos = runs.stream().mapToLong(MotRun::associationNanos).sum();
        int frames = runs.stream().mapToInt(MotRun::frames).sum();
        return nanos / NANOS_PER_MILLI / Math.max(1, frames);
    }

    /// Writes the result as MOT Challenge text: `frame,id,left,top,width,height,score,-1,-1,-1`.
    public void write(Path file) throws IOException {
        Files.write(file, found.stream().map(MotRun::line).toList());
    }

    private static String line(MotBox box) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%.2f,%.2f,%.2f,%.2f,%.4f,-1,-1,-1",
                box.frame(),
                box.id(),
                box.box().leftPixels(),
                box.box().topPixels(),
                box.box().widthPixels(),
                box.box().heightPixels(),
                box.score());
    }
}
