package dev.aerie.slam.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ring as the reader printed in `docs/slam.md` sees it.
final class PoseRingTest {

    private static final String SESSION = "01K9JXW0Z3T4V5W6X7Y8Z9ABCD";

    @TempDir
    private Path folder = Path.of("");

    private static CameraPose pose(long frame, TrackingState state) {
        var rotated =
                new RigidTransform(Rotation.exp(new Vector3(0, 0, Math.PI / 2)), new Vector3(frame, -2 * frame, 0.5));
        return new CameraPose(
                Envelope.ofFrame(
                        new FrameId("drone", SESSION, frame),
                        1_763_712_000_000_000_000L + frame,
                        CaptureClock.SENDER,
                        Instant.EPOCH,
                        Producer.of("slam-service", "test")),
                state == TrackingState.TRACKING ? PoseMatrix.message(rotated) : null,
                Scale.METRIC,
                state,
                frame % 10 == 0,
                1000 + frame,
                null);
    }

    /// Anybody may put a link where the ring will be.
    @Test
    void open_symbolicLink_isRefusedAndItsTargetUntouched() throws Exception {
        Path target = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(folder.resolve("aerie-slam-drone.ring"), target);
        assertThatThrownBy(this::openAndClose).isInstanceOf(IOException.class);
        assertThat(target).hasContent("precious");
    }

    private void openAndClose() throws IOException {
        try (var ring = PoseRing.open(folder, "drone")) {
            assertThat(ring.file()).exists();
        }
    }

    @Test
    void open_newFile_isNotForOthers() throws Exception {
        try (var ring = PoseRing.open(folder, "drone")) {
            assertThat(Files.getPosixFilePermissions(ring.file()))
                    .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE);
        }
    }

    @Test
    void reader_ofTheDocumentation_seesEveryPose() throws Exception {
        try (var ring = PoseRing.open(folder, "drone")) {
            for (int frame = 0; frame < 30; frame++) {
                ring.add(pose(frame, frame < 2 ? TrackingState.INITIALIZING : TrackingState.TRACKING), 3);
            }
            List<String> lines = read(ring.file());

            assertThat(lines).hasSize(30);
            assertThat(lines.getFirst())
                    .isEqualTo("0 " + SESSION + " frame 0 at 1763712000000000000: initializing, no pose");
            assertThat(lines.getLast())
                    .isEqualTo("29 " + SESSION
                            + " frame 29 at 1763712000000000029: tracking, metric, at 29.000 -58.000 0.500");
        }
    }

    @Test
    void reader_thatComesLate_seesTheNewestAndNoTornOnes() throws Exception {
        try (var ring = PoseRing.open(folder, "drone")) {
            for (int frame = 0; frame < 3000; frame++) {
                ring.add(pose(frame, TrackingState.TRACKING), 0);
            }
            List<String> lines = read(ring.file());

            assertThat(lines).hasSize(PoseRing.SLOTS);
            assertThat(lines.getFirst()).startsWith((3000 - PoseRing.SLOTS) + " ");
        }
    }

    @Test
    void open_again_goesOnWhereItWas() throws Exception {
        try (var ring = PoseRing.open(folder, "drone")) {
            ring.add(pose(7, TrackingState.TRACKING), 0);
        }
        try (var ring = PoseRing.open(folder, "drone")) {
            ring.add(pose(8, TrackingState.TRACKING), 0);
            assertThat(read(ring.file())).hasSize(2);
        }
    }

    @Test
    void open_foreignFile_isBegunAnew() throws Exception {
        Files.writeString(folder.resolve("aerie-slam-drone.ring"), "something else");
        try (var ring = PoseRing.open(folder, "drone")) {
            ring.add(pose(8, TrackingState.TRACKING), 0);
            assertThat(read(ring.file())).hasSize(1);
        }
    }

    /// Runs the program between the fences of the documentation with what is in the ring.
    private List<String> read(Path ring) throws IOException, InterruptedException {
        String page = Files.readString(Path.of(System.getProperty("aerie.root"), "docs", "slam.md"));
        var program = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(program.find()).isTrue();
        Path script = Files.writeString(folder.resolve("read_ring.py"), program.group(1));
        try {
            var process = new ProcessBuilder("python3", script.toString(), ring.toString(), "--once")
                    .redirectErrorStream(true)
                    .start();
            var lines = process.inputReader().lines().toList();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return lines;
        } catch (IOException e) {
            Assumptions.abort("skipped: no python3 (" + e.getMessage() + ")");
            throw e;
        }
    }
}
