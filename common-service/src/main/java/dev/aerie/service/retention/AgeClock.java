package dev.aerie.service.retention;

import dev.aerie.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clock that measures the age of files. It follows the wall clock but distrusts jumps: while the process runs it
/// advances at most twice as fast as the time that has really passed, so that a clock that is suddenly years ahead
/// ages nothing.
///
/// - a clock that was set back ages nothing: [#now] is never later than the wall clock
/// - time during which the machine was off counts: the gap since the last run may be up to [#MAX_ABSENCE]
/// - a clock that is set soon after the start counts as well, as on machines without a battery-backed clock
///
/// The counted time is stored in a file for the next run. Thread-safe.
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

    /// - `passedNanos`: a monotonic clock with any origin: [Uptime#nanos]
    /// - `file`: stores the counted time; if it is deleted while the service is off, the service trusts the wall
    ///   clock
    public AgeClock(InstantSource wall, LongSupplier passedNanos, Path file) {
        this.wall = wall;
        this.passedNanos = passedNanos;
        this.file = file;
    }

    /// The current time for computing ages.
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

    /// Why files age more slowly than the wall clock says; empty if the wall clock is trusted.
    public synchronized String trouble() {
        if (ahead.compareTo(WORTH_SAYING) <= 0) {
            return "";
        }
        return "the clock is " + ahead.toDays() + " days ahead of the time that has passed: files age by the "
                + "latter, at twice its pace at most, until both agree";
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

    /// Whether the machine may have been off for the time between the last run and this one.
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
            WholeFile.write(file, (now + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("age clock not kept file={} cause={}", file, e.toString());
        }
    }
}
