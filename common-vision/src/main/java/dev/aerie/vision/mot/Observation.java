package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.reid.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A detection and what it looks like, where somebody looked.
record Observation(Detection detection, @Nullable Embedding embedding) {

    /// The detections of `frame` with a score from `min` to below `below`, equal ones once; a list to take matched ones
    /// out of.
    static List<Observation> between(FrameDetections frame, double min, double below) {
        var chosen = new ArrayList<Observation>();
        for (int i = 0; i < frame.detections().size(); i++) {
            Detection detection = frame.detections().get(i);
            if (detection.score() >= min && detection.score() < below) {
                Embedding embedding =
                        frame.embeddings().isEmpty() ? null : frame.embeddings().get(i);
                addNew(chosen, new Observation(detection, embedding));
            }
        }
        return chosen;
    }

    private static void addNew(List<Observation> chosen, Observation observation) {
        if (!chosen.contains(observation)) {
            chosen.add(observation);
        }
    }

    Box box() {
        return detection.box();
    }
}
