package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.bytedeco.opencv.opencv_core.Mat;

/// Serialization of a [BilateralTracker]'s state: big endian, as [DataOutput] has it, after a heading with the format's
/// name.
final class ObjectTrackerState {

    private static final String FORMAT = "aerie.bilateral/3";

    private ObjectTrackerState() {}

    static void writeHeading(DataOutput out, FrameSize size, FrameSize workSize) throws IOException {
        out.writeUTF(FORMAT);
        writeSize(out, size);
        writeSize(out, workSize);
    }

    /// Throws [IOException] unless a tracker for frames of the same size wrote it.
    static void readHeading(DataInput in, FrameSize size, FrameSize workSize) throws IOException {
        String format = in.readUTF();
        if (!format.equals(FORMAT)) {
            throw new IOException("state of '" + format + "', want " + FORMAT);
        }
        requireSize(in, size);
        requireSize(in, workSize);
    }

    private static void writeSize(DataOutput out, FrameSize size) throws IOException {
        out.writeInt(size.widthPixels());
        out.writeInt(size.heightPixels());
    }

    private static void requireSize(DataInput in, FrameSize wanted) throws IOException {
        int width = in.readInt();
        int height = in.readInt();
        if (width != wanted.widthPixels() || height != wanted.heightPixels()) {
            throw new IOException("state of frames of " + width + " × " + height + ", want " + wanted);
        }
    }

    /// Writes an 8-bit matrix, without its size.
    static void writeBytes(DataOutput out, Mat mat) throws IOException {
        ByteBuffer buffer = mat.createBuffer();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        out.write(bytes);
        out.writeInt(checksum(bytes));
    }

    /// Fills an 8-bit matrix of the size that was written.
    static void readBytes(DataInput in, Mat mat) throws IOException {
        ByteBuffer buffer = mat.createBuffer();
        var bytes = new byte[buffer.remaining()];
        in.readFully(bytes);
        if (in.readInt() != checksum(bytes)) {
            throw new IOException("the state is damaged");
        }
        buffer.put(bytes);
    }

    static void writeFloats(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
        out.writeInt(checksum(bytes.array()));
    }

    /// Reads floats; throws [IOException] where there are more than `max`.
    static float[] readFloats(DataInput in, int max) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > max) {
            throw new IOException("the state is damaged: " + count + " numbers, at most " + max);
        }
        var bytes = new byte[count * Float.BYTES];
        in.readFully(bytes);
        if (in.readInt() != checksum(bytes)) {
            throw new IOException("the state is damaged");
        }
        var values = new float[count];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static int checksum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
