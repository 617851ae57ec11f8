package dev.aerie.slam.output;

import dev.aerie.slam.geometry.Vector3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A cloud of points as Stanford's PLY, binary, little endian: `x y z` as float32.
public final class PlyFile {

    private static final int BYTES_PER_POINT = 3 * Float.BYTES;

    private PlyFile() {}

    /// The file's content.
    ///
    /// - `comment`: one line on whose points these are, and in which unit
    public static byte[] of(List<Vector3> points, String comment) {
        String header = """
                ply
                format binary_little_endian 1.0
                comment %s
                element vertex %d
                property float x
                property float y
                property float z
                end_header
                """.formatted(comment.replace('\n', ' '), points.size());
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        var file = ByteBuffer.allocate(text.length + points.size() * BYTES_PER_POINT)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text);
        for (var point : points) {
            file.putFloat((float) point.x()).putFloat((float) point.y()).putFloat((float) point.z());
        }
        return file.array();
    }
}
