package dev.aerie.slam.imu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// 145 s of a real drone's inertial sensor, 200 readings a second, against its true motion (EuRoC, V1_01): every
/// interval from one true pose to one some seconds later, end to end, is preintegrated with the true biases.
final class EurocPreintegrationTest {

    private static final String FOLDER = "data/imu/euroc_v1_01";
    private static final Vector3 GRAVITY = new Vector3(0, 0, -9.81);
    private static final int TRUE_POSES_PER_SECOND = 20;

    /// What is true at a moment: attitude and position of the body in the world, velocity, biases of its sensor.
    private record State(
            long timeNanos,
            Rotation worldFromBody,
            Vector3 position,
            Vector3 velocity,
            Vector3 gyroBias,
            Vector3 forceBias) {

        static State of(String line) {
            double[] n = numbers(line);
            return new State(
                    nanos(line),
                    Rotation.ofQuaternion(n[4], n[5], n[6], n[7]),
                    vector(n, 1),
                    vector(n, 8),
                    vector(n, 11),
                    vector(n, 14));
        }
    }

    /// How far a preintegrated interval is from the truth: degrees, m/s, m.
    private record Deviation(double degrees, double metresPerSecond, double metres) {}

    /// About 1.4 times what was measured: medians 0.056°, 0.024 m/s, 6 mm over 0.5 s, 0.17°, 0.09 m/s, 88 mm over 2 s,
    /// to which errors of the true velocity and attitude add.
    @ParameterizedTest
    @CsvSource({"0.5, 0.08, 0.034, 0.009, 0.25, 0.075, 0.018", "2, 0.25, 0.13, 0.125, 0.7, 0.18, 0.2"})
    void of_realReadings_giveTheTrueMotion(
            double seconds,
            double medianDegrees,
            double medianMetresPerSecond,
            double medianMetres,
            double maxDegrees,
            double maxMetresPerSecond,
            double maxMetres)
            throws IOException {
        var errors = errors(SharedData.require(FOLDER), (int) Math.round(seconds * TRUE_POSES_PER_SECOND));

        assertThat(errors).hasSizeGreaterThan(70);
        assertThat(sorted(errors, 0)).satisfies(degrees -> assertWithin(degrees, medianDegrees, maxDegrees));
        assertThat(sorted(errors, 1))
                .satisfies(rates -> assertWithin(rates, medianMetresPerSecond, maxMetresPerSecond));
        assertThat(sorted(errors, 2)).satisfies(metres -> assertWithin(metres, medianMetres, maxMetres));
    }

    private static void assertWithin(double[] sorted, double median, double max) {
        assertThat(sorted[sorted.length / 2]).as("median").isLessThan(median);
        assertThat(sorted[sorted.length - 1]).as("worst").isLessThan(max);
    }

    private static double[] sorted(List<Deviation> errors, int part) {
        double[] values = errors.stream()
                .mapToDouble(error -> List.of(error.degrees(), error.metresPerSecond(), error.metres())
                        .get(part))
                .toArray();
        Arrays.sort(values);
        return values;
    }

    private static List<Deviation> errors(Path folder, int posesApart) throws IOException {
        var readings = new TreeMap<Long, ImuReading>();
        for (String line : lines(folder.resolve("imu.csv"))) {
            double[] n = numbers(line);
            readings.put(nanos(line), new ImuReading(nanos(line), vector(n, 1), vector(n, 4)));
        }
        var states =
                lines(folder.resolve("groundtruth.csv")).stream().map(State::of).toList();
        var errors = new ArrayList<Deviation>();
        for (int i = 0; i + posesApart < states.size(); i += posesApart) {
            var from = states.get(i);
            var to = states.get(i + posesApart);
            var between = readings.subMap(from.timeNanos(), true, to.timeNanos(), true);
            errors.add(deviation(from, to, List.copyOf(between.values())));
        }
        return errors;
    }

    private static Deviation deviation(State from, State to, List<ImuReading> readings) {
        var measured = Preintegration.of(readings, from.gyroBias());
        double seconds = measured.seconds();
        var velocity = measured.velocity().plus(measured.velocityPerBias().apply(from.forceBias()));
        var position = measured.position().plus(measured.positionPerBias().apply(from.forceBias()));
        var rotated = from.worldFromBody().times(measured.rotation());
        var faster = from.velocity()
                .plus(GRAVITY.times(seconds))
                .plus(from.worldFromBody().apply(velocity));
        var moved = from.position()
                .plus(from.velocity().times(seconds))
                .plus(GRAVITY.times(seconds * seconds / 2))
                .plus(from.worldFromBody().apply(position));
        return new Deviation(
                Math.toDegrees(rotated.angleTo(to.worldFromBody())),
                faster.distanceTo(to.velocity()),
                moved.distanceTo(to.position()));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static long nanos(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(',')));
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static Vector3 vector(double[] numbers, int first) {
        return new Vector3(numbers[first], numbers[first + 1], numbers[first + 2]);
    }
}
