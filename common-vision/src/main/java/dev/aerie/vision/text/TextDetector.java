package dev.aerie.vision.text;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import java.util.List;

/// Finds what words describe. Safe for several threads; owns native memory until [#close].
public interface TextDetector extends AutoCloseable {

    /// The things in `frame`, lent for the call, that `words` describe, best first; labels are words of
    /// theirs.
    ///
    /// - `words`: things, each ended by a full stop: `red car. person.`
    /// - throws [ModelException] if the model fails
    List<Detection> detect(VideoFrame frame, String words) throws ModelException;

    /// What has become of the runs of its networks, always the same ones; none where it has none.
    default List<ModelStatistics> statistics() {
        return List.of();
    }

    /// As messages name it.
    String name();

    @Override
    void close();
}
