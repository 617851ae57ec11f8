package dev.aerie.evaluation.mot;

import dev.aerie.vision.mot.BotSort;
import dev.aerie.vision.mot.BotSortConfig;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.mot.MultiObjectTracker;
import dev.aerie.vision.mot.OcSort;
import dev.aerie.vision.mot.OcSortConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The box trackers by name: with their default settings, and with each of the settings among which the default was
/// chosen.
///
/// - `grid`: by what differs from the default
public record MotTrackers(String name, Supplier<MultiObjectTracker> byDefault, List<Setting> grid) {

    private static final double[] SPEED_NOISES = {1.0 / 160, 1.0 / 113, 1.0 / 80};

    /// One choice of settings; `open` makes a fresh tracker.
    public record Setting(String name, Supplier<MultiObjectTracker> open) {}

    public MotTrackers {
        grid = List.copyOf(grid);
    }

    /// Every tracker.
    public static List<MotTrackers> all() {
        return List.of(
                new MotTrackers(ByteTrack.NAME, () -> new ByteTrack(ByteTrackConfig.DEFAULT), byteTracks()),
                new MotTrackers(OcSort.NAME, () -> new OcSort(OcSortConfig.DEFAULT), ocSorts()),
                new MotTrackers(BotSort.NAME, () -> new BotSort(BotSortConfig.DEFAULT), botSorts()));
    }

    /// Throws [IllegalArgumentException] that lists the names for an unknown one.
    public static MotTrackers named(String name) {
        return all().stream()
                .filter(trackers -> trackers.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tracker '" + name + "', there are: "
                        + String.join(
                                ", ", all().stream().map(MotTrackers::name).toList())));
    }

    private static List<Setting> byteTracks() {
        return Stream.of(0.7, 0.8, 0.9)
                .flatMap(cost -> Stream.of(0.5, 0.6, 0.7).map(score -> byteTrack(cost, score)))
                .toList();
    }

    private static Setting byteTrack(double maxStrongCost, double newScore) {
        var config = ByteTrackConfig.DEFAULT.withStrongMatches(maxStrongCost, newScore);
        return new Setting(
                String.format(Locale.ROOT, "maxStrongCost %.1f newScore %.1f", maxStrongCost, newScore),
                () -> new ByteTrack(config));
    }

    private static List<Setting> ocSorts() {
        return Stream.of(0.2, 0.25)
                .flatMap(overlap -> Stream.of(0.1, 0.2, 0.3).flatMap(weight -> ocSorts(overlap, weight)))
                .toList();
    }

    private static Stream<Setting> ocSorts(double minOverlap, double momentumWeight) {
        return Arrays.stream(SPEED_NOISES).mapToObj(noise -> {
            var config = OcSortConfig.DEFAULT.withMatches(minOverlap, momentumWeight, noise);
            return new Setting(
                    String.format(
                            Locale.ROOT,
                            "minOverlap %.2f momentumWeight %.1f speedNoise %.4f",
                            minOverlap,
                            momentumWeight,
                            noise),
                    () -> new OcSort(config));
        });
    }

    private static List<Setting> botSorts() {
        return Stream.of(0.7, 0.8, 0.9)
                .flatMap(cost -> Arrays.stream(SPEED_NOISES).mapToObj(noise -> botSort(cost, noise)))
                .toList();
    }

    private static Setting botSort(double maxStrongCost, double speedNoise) {
        var config = BotSortConfig.DEFAULT.withMatches(maxStrongCost, speedNoise);
        return new Setting(
                String.format(Locale.ROOT, "maxStrongCost %.1f speedNoise %.4f", maxStrongCost, speedNoise),
                () -> new BotSort(config));
    }
}
