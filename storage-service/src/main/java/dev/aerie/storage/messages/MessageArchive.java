package dev.aerie.storage.messages;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.amqp.BatchHandler;
import dev.aerie.service.retention.RetryDelays;
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
public final class MessageArchive implements BatchHandler, AutoCloseable {

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

    private static final Logger LOG = LoggerFactory.getLogger(MessageArchive.class);
    private static final Duration PASS_EVERY = Duration.ofSeconds(1);
    private static final int PASSES_PER_COUNT = 60;
    private static final int FAILURES_PER_LOG_LINE = 60;

    private final Path folder;
    private final SegmentMessages segmentMessages;
    private final InstantSource clock;
    private final Supplier<String> trouble;
    private final BackgroundThread thread;
    private final RetryDelays retryDelays = new RetryDelays();
    private long passes;
    private int waits;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong filed = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    @GuardedBy("this")
    private @Nullable WriteAheadLog writeAheadLog;

    /// - `folder`: where messages lie until they are filed; made when it is needed
    /// - `trouble`: why nothing can be written into the archive now; empty if it can
    public MessageArchive(Path folder, SegmentMessages messages, InstantSource clock, Supplier<String> trouble) {
        this.folder = folder;
        this.segmentMessages = messages;
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
        var messages = new ArrayList<ArchivedMessage>(bodies.size());
        int wrong = 0;
        int shownAgain = 0;
        for (byte[] body : bodies) {
            try {
                ArchivedMessage said = ArchivedMessage.parse(body);
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

    /// Everything said about one session's frames from `firstFrame` to `lastFrame` that is `wanted`, filed or not,
    /// in the order of time, each message once.
    public List<ArchivedMessage> read(
            String stream, String session, long firstFrame, long lastFrame, Predicate<ArchivedMessage> wanted)
            throws IOException {
        var keys = new HashSet<String>();
        var found = new ArrayList<ArchivedMessage>();
        Predicate<ArchivedMessage> fits = said -> said.stream().equals(stream)
                && session.equals(said.session())
                && isWithin(said, firstFrame, lastFrame)
                && wanted.test(said)
                && keys.add(said.key());
        var speaker = new LogFile.Speaker(stream, session);
        for (LogFile file : intake().all()) {
            var spans = file.spans().getOrDefault(speaker, List.of());
            if (spans.stream()
                    .anyMatch(messageSpan ->
                            messageSpan.firstFrame() <= lastFrame && messageSpan.lastFrame() >= firstFrame)) {
                found.addAll(readIfThere(file.path(), fits));
            }
        }
        for (var shelf : segmentMessages.shelves(stream, session, new MessageSpan(firstFrame, lastFrame, -1, -1))) {
            if (shelf.firstFrame() <= lastFrame && shelf.lastFrame() >= firstFrame) {
                found.addAll(readIfThere(shelf.said(), fits));
            }
        }
        found.sort(ArchivedMessage.IN_TIME);
        return found;
    }

    /// Counts what lies beside segments that the index knows nothing of.
    void countNow() throws IOException {
        new LogCompactor(intake(), segmentMessages, clock, retryDelays).countAgain();
    }

    /// Files everything that is settled now.
    void fileNow() throws IOException {
        var logCompactor = new LogCompactor(intake(), segmentMessages, clock, retryDelays);
        try {
            while (logCompactor.pass()) {
                LOG.debug("more to file");
            }
        } finally {
            filed.addAndGet(logCompactor.counts().filed());
            repeated.addAndGet(logCompactor.counts().repeated());
        }
    }

    @Override
    public void close() {
        thread.close();
        try {
            synchronized (this) {
                if (writeAheadLog != null) {
                    writeAheadLog.close();
                }
            }
        } catch (IOException e) {
            LOG.warn("journal not closed cause={}", e.getMessage());
        }
    }

    private synchronized WriteAheadLog intake() throws IOException {
        if (!trouble.get().isEmpty()) {
            throw new IOException(trouble.get());
        }
        if (writeAheadLog == null) {
            writeAheadLog = WriteAheadLog.open(folder, WriteAheadLog.FileBounds.DEFAULT, clock);
        }
        return writeAheadLog;
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

    private static boolean isWithin(ArchivedMessage said, long firstFrame, long lastFrame) {
        long frame = said.frameNumber().orElse(-1);
        return firstFrame <= frame && frame <= lastFrame;
    }

    /// Files come and go meanwhile: one that is gone was filed, and is read in its new place.
    private static List<ArchivedMessage> readIfThere(Path file, Predicate<ArchivedMessage> wanted) throws IOException {
        try {
            return Files.exists(file) ? new LogFile(file, 0).read(wanted) : List.of();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }
}
