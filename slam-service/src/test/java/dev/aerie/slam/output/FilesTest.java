package dev.aerie.slam.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.TumFile;
import dev.aerie.threads.ThreadFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilesTest {

    private static final RigidTransform POSE =
            new RigidTransform(Rotation.exp(new Vector3(0, 0, Math.PI / 2)), new Vector3(1, 2, 3));

    @TempDir
    private Path storage = Path.of("");

    private static FramePose pose(long frame, RigidTransform worldFromCamera) {
        return new FramePose(frame, 1_000_000_000L * frame, 0, worldFromCamera);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "..", "/etc", "a/b", "a\u0000b", ""})
    void folder_ofANameThatLiesElsewhere_isRefused(String session) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionFolder.of(storage, "drone", session));
        assertThatIllegalArgumentException().isThrownBy(() -> SessionFolder.of(storage, session, "01K9"));
    }

    @Test
    void npy_header_isNumPys() {
        byte[] file = NpyMatrix.of(POSE);
        var numbers = ByteBuffer.wrap(file, 128, 128).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file).hasSize(256).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
        assertThat(new String(file, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }")
                .endsWith(" \n");
        assertThat(numbers.getDouble(128 + 3 * 8)).isEqualTo(1);
        assertThat(numbers.getDouble(128 + 4 * 8)).isEqualTo(POSE.rotation().m10());
        assertThat(numbers.getDouble(128 + 15 * 8)).isEqualTo(1);
    }

    @Test
    void ply_header_countsThePoints() {
        byte[] file = PlyFile.of(List.of(new Vector3(1, 2, 3), new Vector3(-4, 5, 6)), "two\npoints");
        String text = new String(file, StandardCharsets.US_ASCII);

        assertThat(text).startsWith("ply\nformat binary_little_endian 1.0\ncomment two points\nelement vertex 2\n");
        int data = text.indexOf("end_header\n") + "end_header\n".length();
        assertThat(file).hasSize(data + 24);
        assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getFloat(data + 12))
                .isEqualTo(-4);
    }

    @Test
    void ply_ofSurfaces_hasTheirColours() {
        byte[] file = PlyFile.of(new DenseCloud(List.of(new Vector3(1, 2, 3)), List.of(0x8040FF)), "surfaces");
        String text = new String(file, StandardCharsets.US_ASCII);

        assertThat(text).contains("property float z\nproperty uchar red\n", "uchar blue\nend_header\n");
        assertThat(file).hasSize(text.indexOf("end_header\n") + "end_header\n".length() + 15);
        assertThat(file).endsWith(0x80, 0x40, 0xFF);
    }

    @Test
    void folder_concluded_holdsTheCorrectedPoses() throws IOException {
        var folder = SessionFolder.of(storage, "drone", "01K9");
        folder.writeKeyframe(pose(5, RigidTransform.IDENTITY), new byte[] {1, 2});

        folder.conclude(
                List.of(pose(4, RigidTransform.IDENTITY), pose(5, POSE)),
                new MapView(1, 0, List.of(), List.of(Vector3.ZERO)),
                "test");

        assertThat(folder.frame(5)).hasValueSatisfying(file -> assertThat(file).hasBinaryContent(new byte[] {1, 2}));
        assertThat(folder.frame(4)).isEmpty();
        assertThat(storage.resolve("slam/drone/01K9/pose_000005.npy")).hasBinaryContent(NpyMatrix.of(POSE));
        assertThat(TumFile.read(folder.path().resolve("trajectory.tum"))
                        .poses()
                        .get(1)
                        .seconds())
                .isEqualTo(5);
        assertThat(KittiFile.read(folder.path().resolve("trajectory.kitti")).size())
                .isEqualTo(2);
        try (var files = Files.list(folder.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "keyframe_000005.jpg", "pose_000005.npy", "trajectory.tum", "trajectory.kitti", "map.ply");
        }
    }

    @Test
    void keyframeWriter_closed_hasWrittenWhatWaited() {
        var folder = SessionFolder.of(storage, "drone", "01KA");
        var writer = new KeyframeWriter();
        for (int frame = 0; frame < 10; frame++) {
            writer.add(folder, pose(frame, POSE), new byte[] {7});
        }
        writer.close();

        assertThat(writer.written()).isEqualTo(10);
        assertThat(folder.frame(9)).isPresent();
    }

    @Test
    void keyframeWriter_folderThatCannotBe_countsAndGoesOn() throws IOException {
        Files.writeString(storage.resolve("slam"), "a file where a folder should be");
        var writer = new KeyframeWriter();
        writer.add(SessionFolder.of(storage, "drone", "01KB"), pose(1, POSE), new byte[] {7});
        writer.close();

        assertThat(writer.dropped()).isEqualTo(1);
        assertThat(writer.written()).isZero();
    }

    @Test
    void keyframeWriter_taskFailsWithAnError_isCountedAndTheNextOneIsDone() {
        long before = ThreadFailures.counts().getOrDefault("keyframes", 0L);
        var folder = SessionFolder.of(storage, "drone", "01KC");
        var writer = new KeyframeWriter();
        writer.afterwards(() -> {
            throw new NoClassDefFoundError("once");
        });
        writer.add(folder, pose(1, POSE), new byte[] {7});
        writer.close();

        assertThat(writer.written()).isEqualTo(1);
        assertThat(ThreadFailures.counts().get("keyframes")).isEqualTo(before + 1);
    }
}
