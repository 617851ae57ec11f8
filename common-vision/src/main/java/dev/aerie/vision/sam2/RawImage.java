package dev.aerie.vision.sam2;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A frame's bytes as a tensor: 1 × height × width × 3, blue, green, red.
///
/// Without a copy where the frame's rows are contiguous; else the rows are copied to memory that is allocated once and
/// owned until [#close].
final class RawImage implements AutoCloseable {

    private static final int CHANNELS = 3;

    private @Nullable TensorArena arena;

    /// The bytes of `frame`, valid as long as the frame is lent and until the next call.
    @MustBeClosed
    Tensor of(VideoFrame frame) {
        FrameSize size = frame.size();
        int rowBytes = size.widthPixels() * CHANNELS;
        if (frame.strideBytes() != rowBytes) {
            return gathered(frame, rowBytes);
        }
        return Tensor.over(ElementType.UINT8, shape(size), frame.bgr().slice(0, rowBytes * size.heightPixels()));
    }

    @Override
    public void close() {
        if (arena != null) {
            arena.close();
        }
    }

    private Tensor gathered(VideoFrame frame, int rowBytes) {
        FrameSize size = frame.size();
        TensorArena rows = ensureCapacity(rowBytes * size.heightPixels());
        ByteBuffer from = frame.bgr();
        ByteBuffer to = rows.bytes();
        for (int y = 0; y < size.heightPixels(); y++) {
            to.put(y * rowBytes, from, y * frame.strideBytes(), rowBytes);
        }
        return rows.shaped(1, size.heightPixels(), size.widthPixels(), CHANNELS);
    }

    private TensorArena ensureCapacity(int bytes) {
        if (arena == null || arena.sizeBytes() < bytes) {
            close();
            arena = new TensorArena(ElementType.UINT8, bytes);
        }
        return arena;
    }

    private static TensorShape shape(FrameSize size) {
        return TensorShape.of(1, size.heightPixels(), size.widthPixels(), CHANNELS);
    }
}
