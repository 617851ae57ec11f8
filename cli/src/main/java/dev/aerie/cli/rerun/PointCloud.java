package dev.aerie.cli.rerun;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Points of a PLY file as slam-service writes them: binary, little endian, `x y z` as float32, with or without
/// `red green blue` as bytes.
public final class PointCloud {

    private static final String END = "end_header\n";
    private static final Pattern COUNT = Pattern.compile("element vertex (\\d{1,9})\n");
    private static final Pattern PROPERTY = Pattern.compile("property (\\w+ \\w+)\n");
    private static final List<String> PLAIN = List.of("float x", "float y", "float z");
    private static final List<String> COLOURED =
            List.of("float x", "float y", "float z", "uchar red", "uchar green", "uchar blue");
    private static final int POSITION_BYTES = 3 * Float.BYTES;
    private static final int MAX_HEADER_BYTES = 4096;

    private final ByteBuffer points;
    private final int count;
    private final boolean coloured;
    private final int stride;

    private PointCloud(ByteBuffer points, int count, boolean coloured) {
        this.points = points;
        this.count = count;
        this.coloured = coloured;
        this.stride = POSITION_BYTES + (coloured ? 3 : 0);
    }

    /// Throws [IOException] for any other file.
    public static PointCloud read(Path file) throws IOException {
        return of(Files.readAllBytes(file), file.toString());
    }

    /// As [#read].
    ///
    /// - `bytes`: of the file, owned from here on
    /// - `name`: for errors
    public static PointCloud of(byte[] bytes, String name) throws IOException {
        String start = new String(bytes, 0, Math.min(bytes.length, MAX_HEADER_BYTES), StandardCharsets.ISO_8859_1);
        int header = start.indexOf(END) + END.length();
        var count = COUNT.matcher(start);
        List<String> properties = PROPERTY.matcher(start)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        boolean coloured = properties.equals(COLOURED);
        if (!start.startsWith("ply\nformat binary_little_endian 1.0\n")
                || header < END.length()
                || !count.find()
                || !(coloured || properties.equals(PLAIN))) {
            throw new IOException(name + " is no PLY file of slam-service");
        }
        var points =
                ByteBuffer.wrap(bytes, header, bytes.length - header).slice().order(ByteOrder.LITTLE_ENDIAN);
        var cloud = new PointCloud(points, Integer.parseInt(count.group(1)), coloured);
        if ((long) cloud.count * cloud.stride != points.capacity()) {
            throw new IOException(name + " is cut off");
        }
        return cloud;
    }

    int count() {
        return count;
    }

    boolean hasColours() {
        return coloured;
    }

    float x(int point) {
        return points.getFloat(point * stride);
    }

    float y(int point) {
        return points.getFloat(point * stride + Float.BYTES);
    }

    float z(int point) {
        return points.getFloat(point * stride + 2 * Float.BYTES);
    }

    /// 0xRRGGBB.
    int rgb(int point) {
        int at = point * stride + POSITION_BYTES;
        return (points.get(at) & 0xff) << 16 | (points.get(at + 1) & 0xff) << 8 | (points.get(at + 2) & 0xff);
    }
}
