package dev.aerie.frames.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.frames.crop.CropStore;
import dev.aerie.frames.testing.ProcessedFrames;
import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectFilesTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Box PLACE = new Box(100, 80, 50, 40);
    private static final ThingWorld WORLD = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));

    @TempDir
    Path storage;

    @Test
    void close_sessionWithAnObject_keepsCropEnhancedImageAndTheirFrames() throws Exception {
        process(1000, 30, PLACE);

        assertThat(names()).containsExactly("object_000001.jpg", "object_000001.json", "object_000001_enhanced.jpg");
        var crop = ImageIO.read(file("object_000001.jpg").toFile());
        assertThat(List.of(crop.getWidth(), crop.getHeight())).containsExactly(70, 56);
        assertThat((crop.getRGB(35, 28) >> 16) & 0xff).as("red in its middle").isGreaterThan(200);
        var enhanced = ImageIO.read(file("object_000001_enhanced.jpg").toFile());
        assertThat(List.of(enhanced.getWidth(), enhanced.getHeight())).containsExactly(140, 112);
        var description = new ObjectMapper().readTree(file("object_000001.json").toFile());
        assertThat(description.path("stream").asText()).isEqualTo("drone");
        assertThat(description.path("session").asText()).isEqualTo(SESSION);
        assertThat(description.path("object_id").asLong()).isEqualTo(1);
        assertThat(description.path("label").asText()).isEqualTo("thing");
        assertThat(description.path("crops")).hasSize(5);
        long frame = description.path("crops").path(0).path("frame_number").asLong();
        assertThat(description.path("crops").path(0).path("capture_time_ns").asLong())
                .isEqualTo(WORLD.frame(SESSION, frame).stamp().captureTimeNanos());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void open_moreObjectsThanAreKept_removesTheOldestFirst() throws Exception {
        process(1000, 12, PLACE, PLACE, PLACE);
        assertThat(names()).hasSize(9);

        try (var files = ObjectFiles.open(storage, 2)) {
            files.offer(identification(7));
            files.offer(identification(8));
        }

        assertThat(names()).containsExactly("object_000007_identification.json", "object_000008_identification.json");
    }

    @Test
    void offer_nextObjectOfTheOnlySession_takesThePlaceOfTheOne() throws Exception {
        try (var files = ObjectFiles.open(storage, 1)) {
            files.offer(identification(7));
            files.offer(identification(8));
        }

        assertThat(names()).containsExactly("object_000008_identification.json");
    }

    @Test
    void offer_lastObjectOfASession_leavesNoEmptyFolder() throws Exception {
        process(1000, 12, PLACE);
        var other = new FrameId("gate", SESSION, 5);

        try (var files = ObjectFiles.open(storage, 1)) {
            files.offer(identification(other, 3));
        }

        var root = storage.resolve("enhanced_objects");
        assertThat(root.resolve("drone")).doesNotExist();
        assertThat(root.resolve("gate").resolve(SESSION)).isNotEmptyDirectory();
    }

    @Test
    void offer_identification_isKeptAsPublished() throws Exception {
        try (var files = ObjectFiles.open(storage, 10)) {
            files.offer(identification(7));
        }

        MessageSchemas.assertValid(
                Exchanges.API_RESULTS, Files.readAllBytes(file("object_000007_identification.json")));
    }

    @Test
    void offer_whereNothingCanBeWritten_goesOnWithTheNext() throws Exception {
        try (var files = ObjectFiles.open(storage, 10)) {
            Files.writeString(storage.resolve("enhanced_objects").resolve("gate"), "in the way of a folder");
            files.offer(identification(new FrameId("gate", SESSION, 5), 3));
            files.offer(identification(7));
        }

        assertThat(names()).containsExactly("object_000007_identification.json");
    }

    /// A session of `frames` frames with things in `places`.
    private void process(int max, int frames, Box... places) throws IOException {
        try (var files = ObjectFiles.open(storage, max);
                var crops = new CropStore().open("drone");
                var sink = new ObjectFilesSink(files, crops)) {
            IntStream.range(0, frames)
                    .mapToObj(i -> ProcessedFrames.of(WORLD.frame(SESSION, i), places))
                    .forEach(processed -> {
                        crops.accept(processed);
                        sink.accept(processed);
                    });
        }
    }

    private static Identification identification(long object) {
        return identification(new FrameId("drone", SESSION, 5), object);
    }

    private static Identification identification(FrameId frame, long object) {
        var envelope = Envelope.ofFrame(
                frame, 1_000_000_000L, CaptureClock.ARRIVAL, Instant.EPOCH, Producer.of("frame-processor", "fp-test"));
        return new Identification(
                envelope, object, List.of(new Identification.Finding("red van", 0.9, null)), List.of(5L));
    }

    private Path folder() {
        return storage.resolve("enhanced_objects").resolve("drone").resolve(SESSION);
    }

    private Path file(String name) {
        return folder().resolve(name);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
