package dev.aerie.ptz.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PtzMechanicsTest {

    private static final long MILLI = 1_000_000;
    private static final Duration LONG = Duration.ofSeconds(20);

    static List<Personality> personalities() {
        return Personalities.all();
    }

    @ParameterizedTest
    @MethodSource("personalities")
    void moveAt_duration_endsByItself(Personality personality) {
        var mechanics = mechanics(personality);

        mechanics.moveAt(new PtzVelocity(20, 10, 0.2), Duration.ofSeconds(1));
        mechanics.advance(10_000 * MILLI);
        PtzPosition rest = mechanics.position();
        mechanics.advance(5_000 * MILLI);

        assertThat(mechanics.isIdle()).isTrue();
        assertThat(mechanics.position()).isEqualTo(rest);
        assertThat(rest.panDegrees()).isBetween(20 * personality.speedScale() - 5, 32.0);
    }

    @ParameterizedTest
    @MethodSource("personalities")
    void moveAt_beforeTheLatency_movesNothing(Personality personality) {
        var mechanics = mechanics(personality);
        var path = personality.commands();

        mechanics.moveAt(new PtzVelocity(40, 0, 0), LONG);
        mechanics.advance(Math.round((path.latencySeconds() - path.jitterSeconds()) * 1e9) - MILLI);

        assertThat(mechanics.position().panDegrees()).isZero();
        mechanics.advance(Math.round(2 * path.jitterSeconds() * 1e9) + 200 * MILLI);
        assertThat(mechanics.position().panDegrees()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("personalities")
    void moveTo_farOutside_staysInTheRange(Personality personality) {
        var mechanics = mechanics(personality);

        mechanics.moveTo(new PtzPosition(30, 89, 99));
        mechanics.advance(60_000 * MILLI);

        assertThat(mechanics.position().panDegrees()).isCloseTo(30, within(1.0));
        assertThat(mechanics.position().tiltDegrees())
                .isCloseTo(personality.tilt().range().max(), within(0.6));
        assertThat(mechanics.position().zoom()).isCloseTo(25, within(0.1));
        assertThat(mechanics.isIdle()).isTrue();
    }

    @Test
    void moveAt_typical_reachesTheSpeedByItsAcceleration() {
        var mechanics = mechanics(Personalities.IDEAL);

        mechanics.moveAt(new PtzVelocity(100, 0, 0), LONG);
        mechanics.advance(35 * MILLI);
        assertThat(mechanics.velocity().panDegreesPerSecond()).isCloseTo(50, within(1.0));
        mechanics.advance(1000 * MILLI);

        assertThat(mechanics.velocity().panDegreesPerSecond()).isEqualTo(100);
        assertThat(mechanics.position().panDegrees()).isCloseTo(100, within(0.5));
    }

    @Test
    void moveAt_coarseSpeeds_takesTheNearest() {
        var mechanics = mechanics(Personalities.COARSE_SPEEDS);

        mechanics.moveAt(new PtzVelocity(13, 0, 0), LONG);
        mechanics.advance(2000 * MILLI);

        assertThat(mechanics.velocity().panDegreesPerSecond()).isEqualTo(16);
    }

    @Test
    void moveAt_belowTheLeastSpeed_movesNothing() {
        var mechanics = mechanics(Personalities.STICKY);

        mechanics.moveAt(new PtzVelocity(1.4, 0, 0), LONG);
        mechanics.advance(2000 * MILLI);

        assertThat(mechanics.position().panDegrees()).isZero();
    }

    @Test
    void moveAt_otherWay_headWaitsForThePlay() {
        var mechanics = mechanics(Personalities.STICKY);
        mechanics.moveAt(new PtzVelocity(10, 0, 0), Duration.ofSeconds(1));
        mechanics.advance(3000 * MILLI);
        double before = mechanics.position().panDegrees();

        mechanics.moveAt(new PtzVelocity(-10, 0, 0), Duration.ofSeconds(1));
        mechanics.advance(3000 * MILLI);

        assertThat(before - mechanics.position().panDegrees()).isCloseTo(10 - 0.6, within(0.1));
    }

    @Test
    void stop_inertia_swingsPastTheMotor() {
        var mechanics = mechanics(Personalities.INERTIA);
        mechanics.moveAt(new PtzVelocity(60, 0, 0), LONG);
        mechanics.advance(3000 * MILLI);
        mechanics.stop();
        double max = 0;
        for (int i = 0; i < 5000; i++) {
            mechanics.advance(MILLI);
            max = Math.max(max, mechanics.position().panDegrees());
        }

        assertThat(max - mechanics.position().panDegrees()).isBetween(0.5, 5.0);
    }

    @Test
    void commands_rateLimited_waitInTheQueue() {
        var mechanics = mechanics(Personalities.RATE_LIMITED);
        for (int i = 0; i < 4; i++) {
            mechanics.moveAt(new PtzVelocity(10, 0, 0), LONG);
        }
        mechanics.stop();

        mechanics.advance(2000 * MILLI);
        assertThat(mechanics.velocity().panDegreesPerSecond()).isEqualTo(10);
        mechanics.advance(500 * MILLI);
        assertThat(mechanics.velocity().panDegreesPerSecond()).isZero();
    }

    @Test
    void reportedPosition_stuckStatus_isWhereItStoodLast() {
        var mechanics = mechanics(Personalities.STUCK);
        mechanics.moveAt(new PtzVelocity(10, 0, 0), Duration.ofSeconds(2));
        mechanics.advance(1500 * MILLI);
        assertThat(mechanics.position().panDegrees()).isGreaterThan(5);
        assertThat(mechanics.reportedPosition().panDegrees()).isZero();

        mechanics.advance(2000 * MILLI);

        assertThat(mechanics.reportedPosition().panDegrees()).isCloseTo(20, within(0.5));
        assertThat(mechanics.reportsMoving()).isTrue();
    }

    @Test
    void reportedPosition_typical_isOldAndCoarse() {
        var mechanics = mechanics(Personalities.TYPICAL);
        mechanics.moveAt(new PtzVelocity(20, 0, 0), LONG);
        mechanics.advance(2000 * MILLI);

        double late =
                mechanics.position().panDegrees() - mechanics.reportedPosition().panDegrees();

        assertThat(late).isCloseTo(2, within(0.3));
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatThrownBy(() -> mechanics(Personalities.IDEAL).advance(-1)).hasMessageContaining("forward");
    }

    private static PtzMechanics mechanics(Personality personality) {
        return new PtzMechanics(personality, PtzPosition.HOME, new Random(7));
    }
}
