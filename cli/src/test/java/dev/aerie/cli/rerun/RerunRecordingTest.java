package dev.aerie.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jpountz.lz4.LZ4Factory;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
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

    /// A chunk as it stands in the file: the schema's metadata and fields, where each buffer of the body is.
    private record Read(Map<String, String> metadata, Schema schema, RecordBatch batch, ByteBuffer body) {

        String entity() {
            return metadata.getOrDefault("rerun:entity_path", "");
        }

        List<String> columns() {
            var names = new ArrayList<String>();
            for (int i = 0; i < schema.fieldsLength(); i++) {
                names.add(schema.fields(i).name());
            }
            return names;
        }

        Field field(String name) {
            return schema.fields(columns().indexOf(name));
        }

        ByteBuffer buffer(int index) {
            var place = batch.buffers(index);
            return body.slice((int) place.offset(), (int) place.length()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Test
    void recording_ofEveryMessage_hasTheEntitiesAndColumnsOfRerun() throws IOException {
        Map<String, List<Read>> chunks = read(write(Optional.empty()));

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
        Read objects = chunks.get("/drone/video/objects").getFirst();
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
        assertThat(metadata(objects.field("Boxes2D:centers")))
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
        Map<String, List<Read>> chunks = read(write(Optional.empty()));

        Read objects = chunks.get("/drone/video/objects").getFirst();
        assertThat(objects.batch().length()).isEqualTo(1);
        assertThat(objects.buffer(3).getLong(0)).as("frame").isEqualTo(1042);
        assertThat(objects.buffer(5).getLong(0)).as("capture time").isEqualTo(CAPTURED);
        assertThat(objects.buffer(7).getInt(4)).as("objects of the frame").isEqualTo(2);
        ByteBuffer halves = objects.buffer(10);
        assertThat(List.of(halves.getFloat(0), halves.getFloat(4))).containsExactly(50f, 100f);
        ByteBuffer centres = objects.buffer(15);
        assertThat(List.of(centres.getFloat(0), centres.getFloat(4))).containsExactly(650f, 400f);

        Read video = chunks.get("/drone/video").stream()
                .filter(chunk -> chunk.columns().contains("VideoStream:sample"))
                .findFirst()
                .orElseThrow();
        assertThat(video.batch().length()).isEqualTo(2);
        byte[] samples = new byte[2 * ANNEX_B.length];
        video.buffer(11).get(samples);
        assertThat(Arrays.copyOf(samples, ANNEX_B.length)).isEqualTo(ANNEX_B);

        Read pose = chunks.get("/drone/map/camera").stream()
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

        Read chunk = read(write(Optional.of(PointCloud.read(ply))))
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
        try (var writer = new RrdWriter(out, ExampleMessages.SESSION, CAPTURED)) {
            var recording = new RerunRecording(writer, "drone", OptionalDouble.of(70));
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

    /// The chunks by entity.
    private static Map<String, List<Read>> read(byte[] file) throws IOException {
        assertThat(file).startsWith('R', 'R', 'F', '2', 0, 33, 0, 0, 1, 2, 0, 0);
        var all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        var chunks = new HashMap<String, List<Read>>();
        var kinds = new ArrayList<Long>();
        while (all.hasRemaining()) {
            kinds.add(all.getLong());
            byte[] content = new byte[(int) all.getLong()];
            all.get(content);
            if (kinds.getLast() == RrdWriter.ARROW_MESSAGE) {
                Read chunk = chunk(content);
                chunks.computeIfAbsent(chunk.entity(), _ -> new ArrayList<>()).add(chunk);
            }
        }
        assertThat(kinds.getFirst()).isEqualTo(RrdWriter.SET_STORE_INFO);
        assertThat(kinds.getLast()).isEqualTo(RrdWriter.END);
        return chunks;
    }

    private static Read chunk(byte[] message) throws IOException {
        var from = CodedInputStream.newInstance(message);
        long size = 0;
        byte[] payload = {};
        for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 3 -> size = from.readUInt64();
                case 5 -> payload = from.readByteArray();
                default -> from.skipField(tag);
            }
        }
        byte[] ipc = new byte[(int) size];
        LZ4Factory.safeInstance().safeDecompressor().decompress(payload, 0, payload.length, ipc, 0);
        var stream = ByteBuffer.wrap(ipc).order(ByteOrder.LITTLE_ENDIAN);
        var schema = (Schema) message(stream).header(new Schema());
        Message record = message(stream);
        var batch = (RecordBatch) record.header(new RecordBatch());
        ByteBuffer body = stream.slice(stream.position(), (int) record.bodyLength());
        stream.position(stream.position() + (int) record.bodyLength());
        assertThat(stream.getInt()).isEqualTo(-1);
        assertThat(stream.getInt()).isZero();
        assertThat(stream.hasRemaining()).isFalse();
        var metadata = new HashMap<String, String>();
        for (int i = 0; i < schema.customMetadataLength(); i++) {
            KeyValue entry = schema.customMetadata(i);
            metadata.put(entry.key(), entry.value());
        }
        return new Read(metadata, schema, batch, body);
    }

    private static Message message(ByteBuffer stream) {
        assertThat(stream.getInt()).isEqualTo(-1);
        int length = stream.getInt();
        assertThat(length % 8).isZero();
        Message message = Message.getRootAsMessage(stream.slice(stream.position(), length));
        stream.position(stream.position() + length);
        return message;
    }

    private static Map<String, String> metadata(Field field) {
        var metadata = new HashMap<String, String>();
        for (int i = 0; i < field.customMetadataLength(); i++) {
            metadata.put(field.customMetadata(i).key(), field.customMetadata(i).value());
        }
        return metadata;
    }

    private static AccessUnit unit(int frame) {
        var stamp = new FrameStamp(
                new FrameId("drone", ExampleMessages.SESSION, frame), CAPTURED + frame, CaptureClock.SENDER);
        return new AccessUnit(VideoCodec.H264, ANNEX_B, true, frame * 3_000L, Optional.of(stamp));
    }
}
