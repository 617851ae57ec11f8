package dev.aerie.service.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgeClockTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    private Instant wall = NOON;
    private long passedNanos = Duration.ofDays(3).toNanos();

    @Test
    void now_clockRuns_isTheWallClock() {
        var clock = clock();
        assertThat(clock.now()).isEqualTo(NOON);
        pass(Duration.ofHours(5));
        assertThat(clock.now()).isEqualTo(NOON.plus(Duration.ofHours(5)));
        assertThat(clock.trouble()).isEmpty();
    }

    @Test
    void now_clockJumpsAhead_goesOnAtTwiceThePaceOfTimeAndSaysSo() {
        var clock = running();
        wall = wall.plus(Duration.ofDays(3652));
        Instant before = clock.now();
        assertThat(before).isBefore(NOON.plus(Duration.ofHours(2)));
        pass(Duration.ofHours(10));
        assertThat(Duration.between(before, clock.now())).isEqualTo(Duration.ofHours(20));
        assertThat(clock.trouble()).contains("3651 days ahead");
    }

    @Test
    void now_clockJumpsAheadAndIsSetRight_isTheWallClockAgain() {
        var clock = running();
        wall = wall.plus(Duration.ofDays(3652));
        clock.now();
        wall = wall.minus(Duration.ofDays(3652));
        pass(Duration.ofMinutes(1));
        assertThat(clock.now()).isEqualTo(wall);
        assertThat(clock.trouble()).isEmpty();
    }

    @Test
    void now_clockIsSetBack_isNeverLaterThanTheWallClockAndNeverForgetsWhatItWas() {
        var clock = running();
        Instant right = wall;
        wall = wall.minus(Duration.ofDays(365));
        pass(Duration.ofMinutes(1));
        assertThat(clock.now()).isEqualTo(wall);
        wall = right.plus(Duration.ofMinutes(2));
        pass(Duration.ofMinutes(1));
        assertThat(clock.now()).isEqualTo(wall);
        assertThat(clock.trouble()).isEmpty();
    }

    @Test
    void now_machineWasOffForAWeek_isTheWallClockAtOnce() {
        running();
        wall = wall.plus(Duration.ofDays(7));
        passedNanos = 0;
        assertThat(clock().now()).isEqualTo(wall);
    }

    @Test
    void now_clockIsDecadesAheadOfTheLastRun_goesOnWhereThatEnded() {
        Instant lastRun = running().now();
        wall = wall.plus(Duration.ofDays(7300));
        passedNanos = 0;
        var clock = clock();
        assertThat(clock.now()).isBetween(lastRun.minus(Duration.ofMinutes(10)), lastRun);
        assertThat(clock.trouble()).contains("7300 days ahead");
    }

    @Test
    void now_clockIsSetSoonAfterTheStart_isBelieved() {
        running();
        passedNanos = 0;
        var clock = clock();
        assertThat(clock.now()).isEqualTo(wall);
        wall = wall.plus(Duration.ofDays(30));
        pass(Duration.ofMinutes(5));
        assertThat(clock.now()).isEqualTo(wall);
        wall = wall.plus(Duration.ofDays(30));
        pass(Duration.ofMinutes(6));
        assertThat(clock.now()).isBefore(wall.minus(Duration.ofDays(29)));
    }

    @Test
    void nanos_ofTheMachine_neverGoBack() {
        long before = Uptime.nanos();
        assertThat(Uptime.nanos()).isGreaterThanOrEqualTo(before);
    }

    private AgeClock clock() {
        return new AgeClock(() -> wall, () -> passedNanos, folder.resolve(".aerie-time"));
    }

    /// One that has run for an hour.
    private AgeClock running() {
        var clock = clock();
        clock.now();
        for (int minute = 0; minute < 60; minute++) {
            pass(Duration.ofMinutes(1));
            clock.now();
        }
        return clock;
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        passedNanos += time.toNanos();
    }
}
