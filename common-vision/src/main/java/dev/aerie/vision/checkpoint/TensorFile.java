package dev.aerie.vision.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/// A publisher's file of named tensors. Owns an open file until [#close]; used by one thread.
public interface TensorFile extends AutoCloseable {

    /// Opens `file`, whichever of the formats it is of: [SafeTensors], else [Checkpoint].
    ///
    /// Throws [CheckpointException] where it is none, is damaged, or holds more than tensors.
    static TensorFile open(Path file) throws IOException, CheckpointException {
        return SafeTensors.isOne(file) ? SafeTensors.open(file) : Checkpoint.open(file);
    }

    /// Every tensor by its name, in the file's order.
    Map<String, StoredTensor> tensors();

    /// The elements of `tensor`, row-major, as little-endian float32 from position 0.
    ///
    /// Throws [CheckpointException] where its bytes are missing, damaged or of a kind that is no weight.
    ByteBuffer floats(String name, StoredTensor tensor) throws IOException, CheckpointException;

    @Override
    void close() throws IOException;
}
