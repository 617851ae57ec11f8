package dev.aerie.vision.prompt;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.HogPeople;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds names for what moves. Used by one thread; owns native memory until [#close].
interface ObjectNamer extends AutoCloseable {

    /// Detections with class names in `frame`, lent for the call.
    ///
    /// - `moving`: boxes of what moves in it
    List<Detection> names(VideoFrame frame, List<Box> moving) throws ModelException;

    @Override
    void close();

    /// The sure detections of a detector that knows classes, which is owned.
    static ObjectNamer of(Detector detector) {
        return new ObjectNamer() {
            @Override
            public List<Detection> names(VideoFrame frame, List<Box> moving) throws ModelException {
                return detector.detect(frame).detections().stream()
                        .filter(detection -> detection.score() >= PromptStrategies.MIN_SCORE)
                        .toList();
            }

            @Override
            public void close() {
                detector.close();
            }
        };
    }

    /// People alone, where no such detector is installed. Loads OpenCV's detector when it is first asked.
    static ObjectNamer ofPeople() {
        return new ObjectNamer() {

            private @Nullable HogPeople people;

            @Override
            public List<Detection> names(VideoFrame frame, List<Box> moving) {
                if (people == null) {
                    people = new HogPeople();
                }
                return people.detect(frame, moving);
            }

            @Override
            public void close() {
                if (people != null) {
                    people.close();
                }
            }
        };
    }
}
