package dev.aerie.service.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time by which files grow old. It follows the wall clock, but never believes a jump: while the process runs it
/// advances at most twice as fast as the time that has really passed, so that a clock that is suddenly years ahead
/// makes nothing old.
///
/// - a clock that was set back makes nothing older: [#now] is never later than the wall clock
/// - a machine that was off is believed: the gap to the last run may be [#LONGEST_ABSENCE]
/// - a clock that is set soon after the start, as on machines without one of their own, is believed alike
///
/// What it has counted is kept in a file, for the next run. Thread-safe.
public final class AgeClock {

    static final Duration MAX_ABSENCE = Duration.ofDays(400);
    static final Duration SET_AFTER_START = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(AgeClock.class);
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final Duration WORTH_SAYING = Duration.ofDays(1);
    private static final Duration KEPT_EVERY = Duration.ofMinutes(10);

    private final InstantSource wall;
    private final LongSupplier passedNanos;
    private final Path file;
    private @Nullable Instant counted;
    private @Nullable Instant kept;
    private Instant lastRun = Instant.MIN;
    private long startNanos;
    private long lastNanos;
    private Duration ahead = Duration.ZERO;

    /// - `passedNanos`: never jumps, counts from anywhere: [Uptime#nanos]
    /// - `file`: keeps what was counted; deleting it while the service is off makes it believe the wall clock
    public AgeClock(InstantSource wall, LongSupplier passedNanos, Path file) {
        this.wall = wall;
        this.passedNanos = passedNanos;
        this.file = file;
    }

    /// The moment from which ages are to be counted.
    public synchronized Instant now() {
        Instant clock = wall.instant();
        long nanos = passedNanos.getAsLong();
        Instant before = counted;
        Instant now = before == null ? begin(clock, nanos) : advance(before, clock, nanos);
        counted = now;
        lastNanos = nanos;
        Duration gap = Duration.between(now, clock);
        ahead = gap.isNegative() ? Duration.ZERO : gap;
        keep(now);
        return now.isBefore(clock) ? now : clock;
    }

    /// Why less grows old than the wall clock says; empty if it is believed.
    public synchronized String trouble() {
        if (ahead.compareTo(WORTH_SAYING) <= 0) {
            return "";
        }
        return "the clock is " + ahead.toDays() + " days ahead of the time that has passed: ages are counted by the "
                + "latter, and follow at twice its pace";
    }

    private Instant begin(Instant clock, long nanos) {
        startNanos = nanos;
        lastRun = read().orElse(clock);
        return isAbsence(clock) ? clock : lastRun;
    }

    private Instant advance(Instant before, Instant clock, long nanos) {
        var passed = Duration.ofNanos(Math.max(0, nanos - lastNanos));
        Instant expected = before.plus(passed);
        if (clock.isBefore(expected.minus(TOLERANCE))) {
            return expected;
        }
        if (!clock.isAfter(expected.plus(TOLERANCE))) {
            return clock;
        }
        boolean isStarting = nanos - startNanos < SET_AFTER_START.toNanos();
        if (isStarting && isAbsence(clock)) {
            return clock;
        }
        Instant hurried = expected.plus(passed);
        return hurried.isBefore(clock) ? hurried : clock;
    }

    /// Whether the time from the last run to this one may be how long the machine was off.
    private boolean isAbsence(Instant clock) {
        return !clock.isBefore(lastRun) && Duration.between(lastRun, clock).compareTo(MAX_ABSENCE) <= 0;
    }

    private Optional<Instant> read() {
        try {
            return Optional.of(Instant.parse(Files.readString(file).strip()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | DateTimeException e) {
            LOG.warn("age clock not read file={} cause={}", file, e.toString());
            return Optional.empty();
        }
    }

    private void keep(Instant now) {
        Instant last = kept;
        if (last != null && Duration.between(last, now).compareTo(KEPT_EVERY) < 0) {
            return;
        }
        kept = now;
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, now + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("age clock not kept file={} cause={}", file, e.toString());
        }
    }
}
