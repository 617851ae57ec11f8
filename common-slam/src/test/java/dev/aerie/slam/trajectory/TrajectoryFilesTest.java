package dev.aerie.slam.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrajectoryFilesTest {

    private static final Trajectory SOME = new Trajectory(List.of(
            new TimedPose(1763712000.1234, RigidTransform.IDENTITY),
            new TimedPose(1763712000.2234, pose(0.3, -1.2, 2.1)),
            new TimedPose(1763712000.3234, pose(Math.PI, 0, 0)),
            new TimedPose(1763712000.4234, pose(0, 3.1, 0.2))));

    @TempDir
    private Path folder = Path.of("");

    private static RigidTransform pose(double x, double y, double z) {
        return new RigidTransform(Rotation.exp(new Vector3(x, y, z)), new Vector3(100 * x, -y, 1e-3 * z));
    }

    @Test
    void tum_writtenAndRead_isTheSame() throws IOException {
        Path file = folder.resolve("tum.txt");
        TumFile.write(SOME, file);

        assertNear(TumFile.read(file), SOME, 1e-9, 1e-9);
    }

    @Test
    void kitti_writtenAndReadWithTimes_isTheSame() throws IOException {
        Path file = folder.resolve("kitti.txt");
        Path times = folder.resolve("times.txt");
        KittiFile.write(SOME, file);
        Files.writeString(times, "1763712000.1234\n1763712000.2234\n1763712000.3234\n1763712000.4234\n");

        assertNear(KittiFile.read(file, times), SOME, 1e-10, 1e-9);
        assertThat(KittiFile.read(file).poses()).extracting(TimedPose::seconds).containsExactly(0.0, 1.0, 2.0, 3.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 1 2 3 0 0 0 | :2: expected 8 numbers, had 7",
                "0 1 2 x 0 0 0 1 | :2: expected a number, was 'x'",
                "0 1 2 NaN 0 0 0 1 | :2: expected a number, was 'NaN'",
                "0 1 2 3 0 0 0 0.5 | a quaternion has length 1, was 0.5"
            })
    void tum_brokenLine_isNamed(String line, String complaint) throws IOException {
        Path file = folder.resolve("broken.txt");
        Files.writeString(file, "# timestamp tx ty tz qx qy qz qw\n" + line + "\n");

        assertThatThrownBy(() -> TumFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(complaint);
    }

    @Test
    void tum_timesBackwards_areRefused() throws IOException {
        Path file = folder.resolve("backwards.txt");
        Files.writeString(file, "2 0 0 0 0 0 0 1\n1 0 0 0 0 0 0 1\n");

        assertThatThrownBy(() -> TumFile.read(file)).hasMessageContaining("in the order of time");
    }

    @Test
    void kitti_tooFewTimes_areRefused() throws IOException {
        Path file = folder.resolve("kitti.txt");
        KittiFile.write(SOME, file);
        Path times = Files.writeString(folder.resolve("times.txt"), "0\n1\n");

        assertThatThrownBy(() -> KittiFile.read(file, times)).hasMessageContaining("expected 4 times");
    }

    private static void assertNear(Trajectory read, Trajectory written, double metres, double radians) {
        assertThat(read.poses())
                .extracting(TimedPose::seconds)
                .isEqualTo(written.poses().stream().map(TimedPose::seconds).toList());
        for (int i = 0; i < written.size(); i++) {
            var got = read.poses().get(i).worldFromCamera();
            var want = written.poses().get(i).worldFromCamera();
            assertThat(got.translation().distanceTo(want.translation())).isLessThan(metres);
            assertThat(got.rotation().angleTo(want.rotation())).isLessThan(radians);
        }
    }
}
