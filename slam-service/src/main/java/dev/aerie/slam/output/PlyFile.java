package dev.aerie.slam.output;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.dense.DenseCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A cloud of points as Stanford's PLY, binary, little endian: `x y z` as float32, and where there are colours
/// `red green blue` as bytes.
public final class PlyFile {

    private static final int BYTES_PER_POINT = 3 * Float.BYTES;
    private static final String COLOURS = "property uchar red\nproperty uchar green\nproperty uchar blue\n";

    private PlyFile() {}

    /// The file's content.
    ///
    /// - `comment`: one line on whose points these are, and in which unit
    public static byte[] of(List<Vector3> points, String comment) {
        byte[] header = header(points.size(), "", comment);
        byte[] content = new byte[Math.addExact(header.length, points.size() * BYTES_PER_POINT)];
        var file = begin(content, header);
        points.forEach(point -> put(point, file));
        return content;
    }

    /// The file's content, with colours.
    public static byte[] of(DenseCloud cloud, String comment) {
        byte[] header = header(cloud.points().size(), COLOURS, comment);
        byte[] content = new byte[Math.addExact(header.length, cloud.points().size() * (BYTES_PER_POINT + 3))];
        var file = begin(content, header);
        for (int i = 0; i < cloud.points().size(); i++) {
            int rgb = cloud.colours().get(i);
            put(cloud.points().get(i), file);
            file.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
        }
        return content;
    }

    private static byte[] header(int count, String more, String comment) {
        return """
            ply
            format binary_little_endian 1.0
            comment %s
            element vertex %d
            property float x
            property float y
            property float z
            %send_header
            """.formatted(comment.replace('\n', ' '), count, more).getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer begin(byte[] content, byte[] header) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).put(header);
    }

    private static void put(Vector3 point, ByteBuffer file) {
        file.putFloat((float) point.x()).putFloat((float) point.y()).putFloat((float) point.z());
    }
}
