package dev.aerie.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.FlightPath;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// The flights do what their names promise.
final class ScenarioTest {

    private static DoubleStream moments(double from, double until) {
        return DoubleStream.iterate(from, t -> t < until, t -> t + 0.05);
    }

    @Test
    void speeds_oneRound_goesFrom1To11MetresPerSecond() {
        var scene = Scenario.SPEEDS.scene(7);
        var speeds = moments(0, scene.seconds())
                .map(t -> scene.trajectory().velocity(t).length())
                .summaryStatistics();

        assertThat(scene.seconds()).isEqualTo(40);
        assertThat(speeds.getMin()).isBetween(0.5, 1.5);
        assertThat(speeds.getMax()).isBetween(9.5, 11.5);
    }

    @Test
    void pivot_lookingAround_staysInPlaceAndReturns() {
        FlightPath flight = Scenario.PIVOT.scene(7).trajectory();
        var place = flight.position(7);
        double[] degrees =
                moments(7, 13).map(t -> Math.toDegrees(flight.yaw().value(t))).toArray();

        moments(7, 13)
                .forEach(t -> assertThat(flight.position(t).minus(place).length())
                        .as("metres at %s s", t)
                        .isLessThan(1e-9));
        assertThat(DoubleStream.of(degrees).max().orElseThrow()).isBetween(35.0, 45.0);
        assertThat(DoubleStream.of(degrees).min().orElseThrow()).isBetween(-45.0, -35.0);
        assertThat(flight.position(20).minus(new Vector3(-12, 0, 5)).length()).isLessThan(1e-9);
        assertThat(flight.yaw().value(20)).isCloseTo(0, within(1e-12));
    }

    @Test
    void blackout_whereLightReturns_wasSeenBefore() {
        var scene = Scenario.BLACKOUT.scene(7);

        assertThat(scene.exposure().at(9)).isEqualTo(Exposure.DARKEST);
        assertThat(scene.exposure().at(12)).isEqualTo(1);
        assertThat(scene.trajectory()
                        .position(12)
                        .minus(scene.trajectory().position(4))
                        .length())
                .isLessThan(1e-9);
    }

    @Test
    void still_always_hasAConstantPositionWhileOthersMove() {
        var scene = Scenario.STILL.scene(7);

        assertThat(scene.trajectory().worldFromCamera(17))
                .isEqualTo(scene.trajectory().worldFromCamera(0));
        assertThat(scene.world().bodies())
                .anySatisfy(body -> assertThat(body.worldFromBody(5)).isNotEqualTo(body.worldFromBody(0)));
    }

    @Test
    void likeStreets_everyBlock_hasTheSameHouses() {
        double largeMetres = 7;
        var houses = Scenario.LIKE_STREETS.scene(7).world().things().stream()
                .filter(thing -> thing.radiusMetres() > largeMetres)
                .map(thing -> "%.3f %.3f %.3f"
                        .formatted(
                                Math.floorMod(Math.round(1000 * thing.centre().x()), 60_000) / 1000.0,
                                Math.floorMod(Math.round(1000 * thing.centre().y()), 60_000) / 1000.0,
                                thing.radiusMetres()))
                .toList();

        assertThat(houses).hasSizeGreaterThan(399);
        assertThat(houses.stream().distinct()).hasSize(4);
    }

    @Test
    void likeStreets_oneRound_passesNoPlaceTwice() {
        var scene = Scenario.LIKE_STREETS.scene(7);
        double apartSeconds = 10;

        assertThat(scene.seconds()).isEqualTo(120);
        for (double early = 0; early < scene.seconds() - apartSeconds; early++) {
            for (double late = early + apartSeconds; late < scene.seconds() - apartSeconds; late++) {
                assertThat(scene.trajectory()
                                .position(early)
                                .minus(scene.trajectory().position(late))
                                .length())
                        .as("metres from %s s to %s s", early, late)
                        .isGreaterThan(40);
            }
        }
    }

    @Test
    void twins_anySeed_passEachOtherOnceAndAreFarApartBeforeAndAfter() {
        for (long seed = 1; seed <= 2; seed++) {
            var bodies = Scenario.TWINS.scene(seed).world().bodies();
            double[] apart = moments(0, 3)
                    .map(t -> bodies.getFirst().worldFromBody(t).translation().y()
                            - bodies.getLast().worldFromBody(t).translation().y())
                    .toArray();

            assertThat(bodies).hasSize(2);
            assertThat(Math.abs(apart[0])).isGreaterThan(4);
            assertThat(Math.abs(apart[apart.length - 1])).isGreaterThan(2);
            assertThat(apart[0] * apart[apart.length - 1]).as("metres²").isNegative();
        }
    }

    @Test
    void patrol_oneRound_stopsAndReturnsToItsStart() {
        var scene = Scenario.PATROL.scene(7);
        var flight = scene.trajectory();

        assertThat(flight.velocity(3).length()).isLessThan(1e-9);
        assertThat(flight.velocity(9).length()).isBetween(2.0, 6.0);
        assertThat(flight.position(scene.seconds()).minus(flight.position(0)).length())
                .isLessThan(1e-9);
        assertThat(flight.yaw().value(scene.seconds()) - flight.yaw().value(0)).isCloseTo(2 * Math.PI, within(1e-9));
    }
}
