package dev.aerie.storage.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.amqp.BatchHandler;
import dev.aerie.retention.Setbacks;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is said on the bus: [#accept] returns when a batch is on the disk, so that it can be acknowledged; a
/// thread of its own files it by segment later. Nothing that was accepted is lost, and nothing is kept twice,
/// whenever this process or the broker dies.
///
/// Messages that a replay brought about are not kept: their first showing is.
public final class Journal implements BatchHandler, AutoCloseable {

    /// What is kept: every result, every measurement, and what happened to the streams.
    public static final List<String> EXCHANGES = List.of(
            Exchanges.PROCESSED_FRAMES,
            Exchanges.API_RESULTS,
            Exchanges.SLAM_RESULTS,
            Exchanges.PTZ_EVENTS,
            Exchanges.IMU,
            Exchanges.TELEMETRY,
            Exchanges.STREAM_EVENTS);

    /// The durable queue that they wait in while this service is away.
    public static final String QUEUE = "storage-service.said";

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration PASS_EVERY = Duration.ofSeconds(1);
    private static final int PASSES_PER_COUNT = 60;
    private static final int FAILURES_PER_LOG_LINE = 60;

    private final Path folder;
    private final SegmentBooks books;
    private final InstantSource clock;
    private final Supplier<String> trouble;
    private final BackgroundThread thread;
    private final Setbacks setbacks = new Setbacks();
    private long passes;
    private int waits;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong filed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    @GuardedBy("this")
    private @Nullable Intake intake;

    /// - `folder`: where messages lie until they are filed; made when it is needed
    /// - `trouble`: why nothing can be written into the archive now; empty if it can
    public Journal(Path folder, SegmentBooks books, InstantSource clock, Supplier<String> trouble) {
        this.folder = folder;
        this.books = books;
        this.clock = clock;
        this.trouble = trouble;
        this.thread = BackgroundThread.every("journal-filing", PASS_EVERY, this::round);
    }

    /// Since the start.
    ///
    /// - `kept`: messages made safe, repetitions among them
    /// - `filed`: messages written into a segment's file; `repeated`: left out because they were there
    /// - `refused`: bodies that were no messages; `replayed`: messages of replays
    public record Counts(long kept, long filed, long repeated, long refused, long replayed) {}

    public void start() {
        thread.start();
    }

    @Override
    public void accept(List<byte[]> bodies) throws IOException {
        var messages = new ArrayList<SaidMessage>(bodies.size());
        int wrong = 0;
        int shownAgain = 0;
        for (byte[] body : bodies) {
            try {
                SaidMessage said = SaidMessage.parse(body);
                if (said.isReplayed()) {
                    shownAgain++;
                } else {
                    messages.add(said);
                }
            } catch (MalformedMessageException | RuntimeException e) {
                wrong++;
                LOG.debug("message refused cause={}", e.getMessage());
            }
        }
        if (!messages.isEmpty()) {
            intake().append(messages);
        }
        kept.addAndGet(messages.size());
        refused.addAndGet(wrong);
        replayed.addAndGet(shownAgain);
    }

    public Counts counts() {
        return new Counts(kept.get(), filed.get(), repeated.get(), refused.get(), replayed.get());
    }

    /// Everything said about one session's pictures from `firstFrame` to `lastFrame` that is `wanted`, filed or not,
    /// in the order of time, each message once.
    public List<SaidMessage> read(
            String stream, String session, long firstFrame, long lastFrame, Predicate<SaidMessage> wanted)
            throws IOException {
        var keys = new HashSet<String>();
        var found = new ArrayList<SaidMessage>();
        Predicate<SaidMessage> fits = said -> said.stream().equals(stream)
                && session.equals(said.session())
                && isWithin(said, firstFrame, lastFrame)
                && wanted.test(said)
                && keys.add(said.key());
        var speaker = new IntakeFile.Speaker(stream, session);
        for (IntakeFile file : intake().all()) {
            var spans = file.spans().getOrDefault(speaker, List.of());
            if (spans.stream().anyMatch(span -> span.firstFrame() <= lastFrame && span.lastFrame() >= firstFrame)) {
                found.addAll(readIfThere(file.path(), fits));
            }
        }
        for (var shelf : books.shelves(stream, session, new Span(firstFrame, lastFrame, -1, -1))) {
            if (shelf.firstFrame() <= lastFrame && shelf.lastFrame() >= firstFrame) {
                found.addAll(readIfThere(shelf.said(), fits));
            }
        }
        found.sort(SaidMessage.IN_TIME);
        return found;
    }

    /// Counts what lies beside segments that the index knows nothing of.
    void countNow() throws IOException {
        new Filing(intake(), books, clock, setbacks).countAgain();
    }

    /// Files everything that is settled now.
    void fileNow() throws IOException {
        var filing = new Filing(intake(), books, clock, setbacks);
        try {
            while (filing.pass()) {
                LOG.debug("more to file");
            }
        } finally {
            filed.addAndGet(filing.counts().filed());
            repeated.addAndGet(filing.counts().repeated());
        }
    }

    @Override
    public void close() {
        thread.close();
        try {
            synchronized (this) {
                if (intake != null) {
                    intake.close();
                }
            }
        } catch (IOException e) {
            LOG.warn("journal not closed cause={}", e.getMessage());
        }
    }

    private synchronized Intake intake() throws IOException {
        if (!trouble.get().isEmpty()) {
            throw new IOException(trouble.get());
        }
        if (intake == null) {
            intake = Intake.open(folder, Intake.FileBounds.USUAL, clock);
        }
        return intake;
    }

    private void round() {
        try {
            fileNow();
            if (passes++ % PASSES_PER_COUNT == 0) {
                countNow();
            }
            waits = 0;
        } catch (IOException e) {
            if (waits++ % FAILURES_PER_LOG_LINE == 0) {
                LOG.warn("filing waits attempts={} cause={}", waits, e.getMessage());
            }
        }
    }

    private static boolean isWithin(SaidMessage said, long firstFrame, long lastFrame) {
        long frame = said.frameNumber().orElse(-1);
        return firstFrame <= frame && frame <= lastFrame;
    }

    /// Files come and go meanwhile: one that is gone was filed, and is read in its new place.
    private static List<SaidMessage> readIfThere(Path file, Predicate<SaidMessage> wanted) throws IOException {
        try {
            return Files.exists(file) ? new IntakeFile(file, 0).read(wanted) : List.of();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }
}
