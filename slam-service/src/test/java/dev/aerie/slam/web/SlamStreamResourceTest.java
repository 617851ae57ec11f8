package dev.aerie.slam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.service.web.ProblemException;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.pipeline.ScriptedStreams;
import dev.aerie.slam.pipeline.SlamWorker;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.TumFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What HTTP gives of a stream that has shown 25 frames, 0.1 units and 0.1 s apart.
final class SlamStreamResourceTest {

    private static final int FRAMES = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final KeyframeWriter keyframes = new KeyframeWriter();
    private StreamWorkers<SlamWorker> workers = new StreamWorkers<>("none", (_, _) -> {
        throw new IllegalStateException();
    });
    private SlamStreamResource resource = new SlamStreamResource(workers);

    @BeforeEach
    void fly() throws InterruptedException {
        workers = ScriptedStreams.of(FRAMES, folder, keyframes);
        resource = new SlamStreamResource(workers);
        workers.assigned(StreamAssignments.of(
                ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", ScriptedStreams.SESSION)));
        Eventually.holds(
                "every frame tracked",
                PATIENCE,
                () -> workers.find("drone")
                                .filter(work -> work.trajectory().size() == FRAMES)
                                .isPresent()
                        && keyframes.written() == 3);
    }

    @AfterEach
    void close() {
        workers.close();
        keyframes.close();
    }

    @Test
    void trajectory_eachFormat_hasEveryFrame() throws IOException {
        var json = (PoseList) resource.trajectory("drone", "json").getEntity();
        var tum = TumFile.read(file(resource.trajectory("drone", "tum").getEntity()));
        var kitti = KittiFile.read(file(resource.trajectory("drone", "kitti").getEntity()));

        assertThat(json.poses()).hasSize(FRAMES);
        assertThat(json.poses().get(20).pose().at(0, 3)).isCloseTo(2, within(1e-12));
        assertThat(new ObjectMapper()
                        .valueToTree(json)
                        .at("/poses/20/frame_number")
                        .longValue())
                .isEqualTo(20);
        assertThat(tum.poses().get(20).seconds()).isCloseTo(2, within(1e-9));
        assertThat(tum.poses().get(20).worldFromCamera().translation().x()).isCloseTo(2, within(1e-6));
        assertThat(kitti.size()).isEqualTo(FRAMES);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> resource.trajectory("drone", "csv"));
    }

    private Path file(Object text) throws IOException {
        return Files.writeString(folder.resolve("poses.txt"), (String) text);
    }

    @Test
    void keyframes_everyTenthFrame_areThereWithTheirFrame() throws IOException {
        assertThat(resource.keyframes("drone").poses())
                .extracting(PoseList.Entry::frameNumber)
                .containsExactly(0L, 10L, 20L);
        var frame = (File) resource.keyframe("drone", 10).getEntity();

        assertThat(Files.readAllBytes(frame.toPath())).startsWith(0xFF, 0xD8, 0xFF);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> resource.keyframe("drone", 11))
                .withMessageContaining("11");
    }

    @Test
    void map_andSurfaces_arePly() {
        String map = new String(resource.map("drone"), StandardCharsets.US_ASCII);

        assertThat(map).startsWith("ply\n").contains("comment drone, in an arbitrary unit", "element vertex 1\n");
        assertThat(new String(resource.surfaces("drone"), StandardCharsets.US_ASCII))
                .startsWith("ply\n")
                .contains("property uchar red\n");
    }

    @Test
    void reset_stream_forgetsTheMap() throws InterruptedException {
        var before = workers.find("drone").orElseThrow();

        assertThat(resource.reset("drone").getStatus()).isEqualTo(202);
        Eventually.holds(
                "begun anew",
                PATIENCE,
                () -> workers.find("drone").filter(work -> work != before).isPresent());
    }
}
