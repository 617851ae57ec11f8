package dev.aerie.slam.output;

import dev.aerie.messages.FrameId;
import dev.aerie.service.retention.AgeClock;
import dev.aerie.service.retention.RetryDelays;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes keyframes, trajectories and maps of old sessions, the oldest first, by age and by size; never of a session
/// that runs, nor of one that was written to within the last hour, for another replica may be at it.
///
/// A folder that cannot be read or removed is left alone for a while, and costs none of the others. Owns a thread from
/// [#start] to [#close].
public final class SessionSweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSweeper.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration UNTOUCHED = Duration.ofHours(1);
    private static final String OVERLAY = "overlay";

    private final Path root;
    private final SlamRetention retention;
    private final AgeClock clock;
    private final BiPredicate<String, String> running;
    private final RetryDelays retryDelays = new RetryDelays();
    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private @Nullable BackgroundThread thread;

    /// - `storage`: sessions are in `slam` there
    /// - `running`: whether stream and session are being worked on here
    public SessionSweeper(Path storage, SlamRetention retention, AgeClock clock, BiPredicate<String, String> running) {
        this.root = SessionFolder.root(storage);
        this.retention = retention;
        this.clock = clock;
        this.running = running;
    }

    public void start() {
        start(EVERY);
    }

    void start(Duration every) {
        thread = BackgroundThread.every("slam-retention", every, this::sweep);
        thread.start();
    }

    /// Sessions whose files were removed since the start.
    public long removed() {
        return removed.get();
    }

    /// Folders that could not be read or removed, each time that they could not.
    public long failures() {
        return failures.get();
    }

    /// Why less is removed for its age than the clock says; empty where that is believed.
    public String trouble() {
        return retention.keep().isZero() ? "" : clock.trouble();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }

    private record Session(Path folder, Instant touched, long bytes) {}

    /// Removes what is not to stay.
    void sweep() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        Instant now = clock.now();
        var sessions = sessions();
        sessions.sort(Comparator.comparing(Session::touched));
        long bytes = sessions.stream().mapToLong(Session::bytes).sum();
        for (Session session : sessions) {
            boolean isOld = !retention.keep().isZero() && session.touched().isBefore(now.minus(retention.keep()));
            boolean isTooMuch = retention.bytes() > 0 && bytes > retention.bytes();
            if ((isOld || isTooMuch) && isOver(session, now) && remove(session, isOld ? "old" : "too much")) {
                bytes -= session.bytes();
            }
        }
    }

    private boolean isOver(Session session, Instant now) {
        String stream = root.relativize(session.folder().getParent()).toString().replace('\\', '/');
        return !running.test(stream, session.folder().getFileName().toString())
                && session.touched().isBefore(now.minus(UNTOUCHED));
    }

    private List<Session> sessions() throws IOException {
        var sessions = new ArrayList<Session>();
        for (Path stream : list(root)) {
            if (FrameId.isStreamName(stream.getFileName().toString())) {
                collect(stream, sessions);
            }
        }
        return sessions;
    }

    private void collect(Path stream, List<Session> sessions) {
        for (Path folder : content(stream)) {
            if (folder.getFileName().toString().equals(OVERLAY)) {
                content(folder).forEach(inside -> add(inside, sessions));
            } else {
                add(folder, sessions);
            }
        }
    }

    private void add(Path folder, List<Session> sessions) {
        if (retryDelays.isLeftAlone(folder.toString()) || !Files.isDirectory(folder)) {
            return;
        }
        try {
            Instant touched = Files.getLastModifiedTime(folder).toInstant();
            long bytes = 0;
            for (Path file : list(folder)) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                touched = written.isAfter(touched) ? written : touched;
                bytes += Files.size(file);
            }
            sessions.add(new Session(folder, touched, bytes));
        } catch (NoSuchFileException | NotDirectoryException _) {
            LOG.debug("changed meanwhile folder={}", folder);
        } catch (IOException e) {
            failed("session not read", folder, e);
        }
    }

    private List<Path> content(Path folder) {
        try {
            return retryDelays.isLeftAlone(folder.toString()) ? List.of() : list(folder);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        } catch (IOException e) {
            failed("folder not read", folder, e);
            return List.of();
        }
    }

    private boolean remove(Session session, String cause) {
        try {
            for (Path file : list(session.folder())) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(session.folder());
            removed.incrementAndGet();
            LOG.info("session removed folder={} bytes={} cause={}", session.folder(), session.bytes(), cause);
            return true;
        } catch (IOException e) {
            failed("session not removed", session.folder(), e);
            return false;
        }
    }

    private void failed(String what, Path folder, IOException cause) {
        failures.incrementAndGet();
        var wait = retryDelays.failed(folder.toString());
        LOG.warn("{} folder={} retryMillis={} cause={}", what, folder, wait.toMillis(), cause.toString());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var content = Files.list(folder)) {
            return content.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
