package dev.aerie.vision.reid;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;

/// Turns what an object looks like into an [Embedding]. Owns native memory until [#close]; used by one thread.
public interface Embedder extends AutoCloseable {

    /// One embedding for each box, in their order; a box outside the frame gets that of the frame's nearest pixels.
    ///
    /// - `frame`: lent
    /// - `boxes`: in pixels of the frame; may be empty
    List<Embedding> embed(VideoFrame frame, List<Box> boxes) throws ModelException;

    /// Numbers in each embedding.
    int dimensions();

    /// Which embedder this is, with its weights' digest where it has weights: embeddings of another name cannot be
    /// compared with these.
    String name();

    @Override
    void close();
}
