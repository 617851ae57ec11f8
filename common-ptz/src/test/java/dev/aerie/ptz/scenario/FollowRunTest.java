package dev.aerie.ptz.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The aims for the controller, over seeds that neither the choice of constants nor the benchmark uses.
final class FollowRunTest {

    private static final long FIRST_SEED = 500;
    private static final int SEEDS = 5;

    static List<Personality> personalities() {
        return Personalities.all();
    }

    @Test
    void ramp_tenDegreesPerSecondAt200Milliseconds_isHeld() {
        assertThat(runs(Scenarios.RAMP, Personalities.TYPICAL)).allSatisfy(score -> {
            assertThat(score.holdPercent()).isGreaterThanOrEqualTo(95);
            assertThat(score.rmsDegrees()).isLessThan(2);
            assertThat(score.losses()).isZero();
        });
    }

    /// After three seconds on a standing target the error never changes sides beyond the dead zone more than once.
    @ParameterizedTest
    @MethodSource("personalities")
    void step_anyPersonality_doesNotOscillate(Personality personality) {
        assertThat(runs(Scenarios.STEP, personality)).allSatisfy(score -> {
            assertThat(score.reversals()).isLessThanOrEqualTo(1);
            assertThat(score.losses()).isZero();
        });
    }

    @ParameterizedTest
    @MethodSource("personalities")
    void ramp_anyPersonality_keepsTheCommandRate(Personality personality) {
        double rate = personality.commands().maxPerSecond() > 0
                ? personality.commands().maxPerSecond()
                : 8;

        assertThat(runs(Scenarios.RAMP, personality))
                .allSatisfy(score -> assertThat(score.commandsPerSecond()).isLessThanOrEqualTo(rate + 0.1));
    }

    @Test
    void rule_typicalCameraOnAStep_losesTheTarget() {
        var score = run(Scenarios.STEP, Personalities.TYPICAL, FIRST_SEED).rule();

        assertThat(score.holdPercent()).isLessThan(50);
        assertThat(score.losses()).isPositive();
    }

    @Test
    void run_sameSeed_isTheSame() {
        var known = Knowledge.about(Personalities.STICKY, 3);
        var run = run(Scenarios.RANDOM_WALK, Personalities.STICKY, 3);

        assertThat(run.ours(FollowConfig.DEFAULT, known)).isEqualTo(run.ours(FollowConfig.DEFAULT, known));
    }

    private static List<RunScore> runs(Scenarios scenario, Personality personality) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
                .mapToObj(seed ->
                        run(scenario, personality, seed).ours(FollowConfig.DEFAULT, Knowledge.about(personality, seed)))
                .toList();
    }

    private static FollowRun run(Scenarios scenario, Personality personality, long seed) {
        return new FollowRun(scenario.of(seed), personality, seed);
    }
}
