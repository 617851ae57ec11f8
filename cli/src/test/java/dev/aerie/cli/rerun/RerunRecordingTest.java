package dev.aerie.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file is read here as Rerun's decoder reads it: header, messages, LZ4, Arrow. Its viewer reads it in a browser:
/// `docs/interfaces.md`.
final class RerunRecordingTest {

    private static final long CAPTURED = 1_763_712_000_123_456_789L;
    private static final byte[] ANNEX_B = {0, 0, 0, 1, 0x65, 1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void recording_ofEveryMessage_hasTheEntitiesAndColumnsOfRerun() throws IOException {
        Map<String, List<ReadChunk>> chunks = RrdReader.chunks(write(Optional.empty()));

        assertThat(chunks.keySet())
                .containsExactlyInAnyOrder(
                        "/drone/video",
                        "/drone/video/masks",
                        "/drone/video/objects",
                        "/drone/video/tracks",
                        "/drone/map",
                        "/drone/map/camera",
                        "/drone/map/trajectory",
                        "/drone/log");
        ReadChunk objects = chunks.get("/drone/video/objects").getFirst();
        assertThat(objects.metadata()).containsEntry("sorbet:version", "0.1.3");
        assertThat(objects.metadata().get("rerun:id")).matches("[0-9A-F]{16}[0-9a-f]{16}");
        assertThat(objects.columns())
                .containsExactly(
                        "rerun.controls.RowId",
                        "frame",
                        "capture_time",
                        "Boxes2D:half_sizes",
                        "Boxes2D:centers",
                        "Boxes2D:colors",
                        "Boxes2D:labels",
                        "Boxes2D:class_ids");
        assertThat(ReadChunk.metadata(objects.field("Boxes2D:centers")))
                .containsEntry("rerun:kind", "data")
                .containsEntry("rerun:archetype", "rerun.archetypes.Boxes2D")
                .containsEntry("rerun:component", "Boxes2D:centers")
                .containsEntry("rerun:component_type", "rerun.components.Position2D");
        assertThat(objects.field("capture_time").typeType()).isEqualTo(Type.Timestamp);
        assertThat(chunks.get("/drone/video/masks"))
                .anyMatch(chunk -> chunk.columns().contains("SegmentationImage:format"));
        assertThat(chunks.get("/drone/video"))
                .anyMatch(chunk -> chunk.columns().equals(List.of("rerun.controls.RowId", "VideoStream:codec")))
                .anyMatch(chunk -> chunk.columns().contains("AnnotationContext:context"));
        assertThat(chunks.get("/drone/map/camera"))
                .anyMatch(chunk -> chunk.columns().contains("Pinhole:image_from_camera"));
    }

    /// Buffers of a column: validity, then offsets or values; those of what it lists behind them.
    @Test
    void recording_values_standWhereArrowPutsThem() throws IOException {
        Map<String, List<ReadChunk>> chunks = RrdReader.chunks(write(Optional.empty()));

        ReadChunk objects = chunks.get("/drone/video/objects").getFirst();
        assertThat(objects.batch().length()).isEqualTo(1);
        assertThat(objects.buffer(3).getLong(0)).as("frame").isEqualTo(1042);
        assertThat(objects.buffer(5).getLong(0)).as("capture time").isEqualTo(CAPTURED);
        assertThat(objects.buffer(7).getInt(4)).as("objects of the frame").isEqualTo(2);
        ByteBuffer halves = objects.buffer(10);
        assertThat(List.of(halves.getFloat(0), halves.getFloat(4))).containsExactly(50f, 100f);
        ByteBuffer centres = objects.buffer(15);
        assertThat(List.of(centres.getFloat(0), centres.getFloat(4))).containsExactly(650f, 400f);

        ReadChunk video = chunks.get("/drone/video").stream()
                .filter(chunk -> chunk.columns().contains("VideoStream:sample"))
                .findFirst()
                .orElseThrow();
        assertThat(video.batch().length()).isEqualTo(2);
        byte[] samples = new byte[2 * ANNEX_B.length];
        video.buffer(11).get(samples);
        assertThat(Arrays.copyOf(samples, ANNEX_B.length)).isEqualTo(ANNEX_B);

        ReadChunk pose = chunks.get("/drone/map/camera").stream()
                .filter(chunk -> chunk.columns().contains("Transform3D:translation"))
                .findFirst()
                .orElseThrow();
        assertThat(pose.buffer(10).getFloat(0)).isEqualTo(4.25f);
    }

    @Test
    void addPoints_fileOfSlamService_areAllThere() throws IOException {
        Path ply = folder.resolve("map.ply");
        var points = ByteBuffer.allocate(2 * 15).order(ByteOrder.LITTLE_ENDIAN);
        points.putFloat(1)
                .putFloat(2)
                .putFloat(3)
                .put((byte) 255)
                .put((byte) 128)
                .put((byte) 0);
        points.putFloat(4).putFloat(5).putFloat(6).put((byte) 0).put((byte) 0).put((byte) 1);
        String header = """
            ply
            format binary_little_endian 1.0
            comment of a test
            element vertex 2
            property float x
            property float y
            property float z
            property uchar red
            property uchar green
            property uchar blue
            end_header
            """;
        var file = new ByteArrayOutputStream();
        file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(points.array());
        Files.write(ply, file.toByteArray());

        ReadChunk chunk = RrdReader.chunks(write(Optional.of(PointCloud.read(ply))))
                .get("/drone/map/points")
                .getFirst();

        assertThat(chunk.buffer(6).getFloat(20)).as("z of the second").isEqualTo(6f);
        assertThat(chunk.buffer(10).getInt(0)).as("colour of the first").isEqualTo(0xff8000ff);

        Files.write(ply, Arrays.copyOf(file.toByteArray(), file.size() - 1));
        assertThatThrownBy(() -> PointCloud.read(ply))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    private static byte[] write(Optional<PointCloud> points) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new RrdWriter(out)) {
            var recording = new RerunRecording(
                    new RerunStore(writer, ExampleMessages.SESSION, CAPTURED), "drone", OptionalDouble.of(70));
            recording.add(unit(0), 0, CAPTURED);
            recording.add(unit(1), 1, CAPTURED + 1);
            long used = 0;
            for (var message : ExampleMessages.all()) {
                used += recording.add(message) ? 1 : 0;
            }
            assertThat(used).isEqualTo(5);
            if (points.isPresent()) {
                recording.addPoints(points.get());
            }
            recording.finish();
        }
        return out.toByteArray();
    }

    private static AccessUnit unit(int frame) {
        var stamp = new FrameStamp(
                new FrameId("drone", ExampleMessages.SESSION, frame), CAPTURED + frame, CaptureClock.SENDER);
        return new AccessUnit(VideoCodec.H264, ANNEX_B, true, frame * 3_000L, Optional.of(stamp));
    }
}
