package dev.aerie.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestPrograms;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file is read here byte by byte as the specification has it, and by npm's `@mcap/core` where Node finds it.
final class RecordingExportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CAPTURED = 1_763_712_000_123_456_789L;
    private static final int FRAMES = 40;

    /// An IDR frame; its slices are noise, which nobody decodes here. Forty of them fill more than one chunk.
    private static final byte[] ANNEX_B = annexB();

    @TempDir
    Path folder;

    private Path file;

    /// A record of the file: where it begins, what it holds.
    private record Found(long offset, int opcode, ByteBuffer content) {}

    @BeforeEach
    void export() throws IOException {
        file = folder.resolve("recording.mcap");
        try (var export = new RecordingExport(new McapWriter(Files.newOutputStream(file), "Aerie"), "drone")) {
            for (int i = 0; i < FRAMES; i++) {
                export.add(unit(i), unit(i).stamp().orElseThrow());
            }
            for (Message message : ExampleMessages.all()) {
                export.add(JSON.readTree(Messages.write(message)));
            }
            assertThat(export.frames()).isEqualTo(FRAMES);
            assertThat(export.messages()).isEqualTo(10); // the worker's status and the request have no capture time
        }
    }

    @Test
    void file_readByteByByte_isAsTheSpecificationHasIt() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).startsWith(McapWriter.MAGIC).endsWith(McapWriter.MAGIC);
        var records = records(bytes, McapWriter.MAGIC.length, bytes.length - McapWriter.MAGIC.length);
        var chunks = of(records, McapWriter.CHUNK);
        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(records.getFirst().opcode()).isEqualTo(McapWriter.HEADER);
        assertThat(records.getLast().opcode()).isEqualTo(McapWriter.FOOTER);

        var footer = records.getLast().content();
        int summary = (int) footer.getLong(0);
        int crcAt = bytes.length - McapWriter.MAGIC.length - Integer.BYTES;
        assertThat(Integer.toUnsignedLong(footer.getInt(16))).isEqualTo(crc(bytes, summary, crcAt - summary));
        var indexes = of(records, McapWriter.CHUNK_INDEX);
        assertThat(indexes).hasSameSizeAs(chunks);
        long inChunks = 0;
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(indexes.get(i).content().getLong(16))
                    .isEqualTo(chunks.get(i).offset());
            inChunks += messages(chunks.get(i).content());
        }
        var statistics = of(records, McapWriter.STATISTICS).getFirst().content();
        assertThat(statistics.getLong(0)).isEqualTo(inChunks).isEqualTo(FRAMES + 10 + 4);
    }

    @Test
    void file_readByMcapCore_hasEveryTopic() throws IOException, InterruptedException {
        assumeTrue(run("node", "-e", "require.resolve('@mcap/core')").isPresent(), "Node finds no @mcap/core");
        TestPrograms.uses("MCAP", "npm's @mcap/core");

        var read = JSON.readTree(
                run("node", "src/test/js/read-mcap.cjs", file.toString()).orElseThrow());

        assertThat(read.at("/streamed/done").booleanValue()).isTrue();
        assertThat(read.at("/streamed/messages").longValue()).isEqualTo(FRAMES + 10 + 4);
        assertThat(read.path("statistics").longValue()).isEqualTo(FRAMES + 10 + 4);
        JsonNode topics = read.path("topics");
        JsonNode video = topics.path("/drone/video");
        assertThat(video.path("count").intValue()).isEqualTo(FRAMES);
        assertThat(video.path("schema").textValue()).isEqualTo("foxglove.CompressedVideo");
        assertThat(video.path("first").path("format").textValue()).isEqualTo("h264");
        assertThat(video.path("first").path("data").binaryValue()).isEqualTo(ANNEX_B);
        assertThat(video.path("times").path(1).textValue()).isEqualTo(Long.toString(CAPTURED + 1));
        assertThat(topics.at("/~1drone~1annotations/schema").textValue()).isEqualTo("foxglove.ImageAnnotations");
        assertThat(topics.at("/~1drone~1annotations/first/texts/0/text").textValue())
                .isEqualTo("person 7");
        assertThat(topics.at("/~1drone~1camera/first/pose/position/x").doubleValue())
                .isEqualTo(4.25);
        assertThat(topics.at("/~1drone~1camera/first/pose/orientation/w").doubleValue())
                .isEqualTo(0.5);
        assertThat(topics.at("/~1drone~1location/first/latitude").doubleValue()).isEqualTo(48.137154);
        assertThat(topics.at("/~1drone~1log/first/message").textValue()).isEqualTo("gate began: person 7");
        assertThat(topics.at("/~1drone~1pose/first/map_points").intValue()).isEqualTo(1834);
    }

    /// Every record from one place to another.
    private static List<Found> records(byte[] bytes, int from, int to) {
        var records = new ArrayList<Found>();
        var all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = from;
        while (at < to) {
            int length = (int) all.getLong(at + 1);
            records.add(new Found(
                    at,
                    Byte.toUnsignedInt(all.get(at)),
                    all.slice(at + 9, length).order(ByteOrder.LITTLE_ENDIAN)));
            at += 9 + length;
        }
        assertThat(at).as("the records end where the file does").isEqualTo(to);
        return records;
    }

    /// The messages of a chunk, whose check sum is compared.
    private static long messages(ByteBuffer chunk) {
        byte[] bytes = new byte[(int) chunk.getLong(16)];
        chunk.get(chunk.capacity() - bytes.length, bytes);
        assertThat(Integer.toUnsignedLong(chunk.getInt(24))).isEqualTo(crc(bytes, 0, bytes.length));
        return of(records(bytes, 0, bytes.length), McapWriter.MESSAGE).size();
    }

    private static List<Found> of(List<Found> records, int opcode) {
        return records.stream().filter(record -> record.opcode() == opcode).toList();
    }

    private static long crc(byte[] bytes, int from, int length) {
        var crc = new CRC32();
        crc.update(bytes, from, length);
        return crc.getValue();
    }

    private static AccessUnit unit(int frame) {
        var stamp = new FrameStamp(
                new FrameId("drone", ExampleMessages.SESSION, frame), CAPTURED + frame, CaptureClock.SENDER);
        return new AccessUnit(VideoCodec.H264, ANNEX_B, true, frame * 3_000L, Optional.of(stamp));
    }

    private static byte[] annexB() {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 0x55);
        System.arraycopy(new byte[] {0, 0, 0, 1, 0x65}, 0, bytes, 0, 5);
        return bytes;
    }

    /// What a program prints; empty where it fails or is not there.
    private static Optional<String> run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
