package dev.aerie.vision.sam2;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A picture's bytes as a tensor: 1 × height × width × 3, blue, green, red.
///
/// Without a copy where the rows of the picture follow one another closely; else the rows are brought together in
/// memory that is made once and owned until [#close].
final class RawPicture implements AutoCloseable {

    private static final int CHANNELS = 3;

    private @Nullable Room room;

    /// The bytes of `frame`, valid as long as the frame is lent and until the next call.
    @MustBeClosed
    Tensor of(VideoFrame frame) {
        PictureSize size = frame.size();
        int rowBytes = size.widthPixels() * CHANNELS;
        if (frame.strideBytes() != rowBytes) {
            return gathered(frame, rowBytes);
        }
        return Tensor.over(ElementType.UINT8, shape(size), frame.bgr().slice(0, rowBytes * size.heightPixels()));
    }

    @Override
    public void close() {
        if (room != null) {
            room.close();
        }
    }

    private Tensor gathered(VideoFrame frame, int rowBytes) {
        PictureSize size = frame.size();
        Room rows = roomFor(rowBytes * size.heightPixels());
        ByteBuffer from = frame.bgr();
        ByteBuffer to = rows.bytes();
        for (int y = 0; y < size.heightPixels(); y++) {
            to.put(y * rowBytes, from, y * frame.strideBytes(), rowBytes);
        }
        return rows.shaped(1, size.heightPixels(), size.widthPixels(), CHANNELS);
    }

    private Room roomFor(int bytes) {
        if (room == null || room.sizeBytes() < bytes) {
            close();
            room = new Room(ElementType.UINT8, bytes);
        }
        return room;
    }

    private static TensorShape shape(PictureSize size) {
        return TensorShape.of(1, size.heightPixels(), size.widthPixels(), CHANNELS);
    }
}
