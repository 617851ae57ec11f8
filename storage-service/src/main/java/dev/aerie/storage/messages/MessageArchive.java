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

/// Archives the messages of the bus. [#accept] returns when a batch is on the disk, so that it can be acknowledged; a
/// dedicated thread moves it to the message files of the segments later. An accepted message is neither lost nor
/// stored twice, whenever this process or the broker dies.
///
/// Messages caused by a replay are not archived.
public final class MessageArchive implements BatchHandler, AutoCloseable {

    /// Archived exchanges: all results, measurements and stream events.
    public static final List<String> EXCHANGES = List.of(
            Exchanges.PROCESSED_FRAMES,
            Exchanges.API_RESULTS,
            Exchanges.SLAM_RESULTS,
            Exchanges.PTZ_EVENTS,
            Exchanges.ALERTS,
            Exchanges.IMU,
            Exchanges.TELEMETRY,
            Exchanges.STREAM_EVENTS);

    /// Durable queue that buffers the messages while this service is down.
    public static final String QUEUE = "storage-service.messages";

    /// Name of that queue in earlier versions.
    public static final String OLD_QUEUE = "storage-service.said";

    private static final Logger LOG = LoggerFactory.getLogger(MessageArchive.class);

    /// Messages are safe and can be read before they are filed; each pass asks the index about every waiting file.
    private static final Duration PASS_EVERY = Duration.ofSeconds(10);

    private static final int PASSES_PER_COUNT = 6;
    private static final int FAILURES_PER_LOG_LINE = 6;

    private final Path folder;
    private final SegmentMessages segmentMessages;
    private final InstantSource clock;
    private final Supplier<String> failureCause;
    private final BackgroundThread thread;
    private final RetryDelays delays = new RetryDelays();
    private long passes;
    private int failures;
    private final AtomicLong persisted = new AtomicLong();
    private final AtomicLong invalid = new AtomicLong();
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong filed = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();

    @GuardedBy("this")
    private @Nullable WriteAheadLog writeAheadLog;

    /// - `folder`: of the write-ahead log; created on demand
    /// - `failureCause`: why the archive cannot be written now; empty if it can
    public MessageArchive(Path folder, SegmentMessages messages, InstantSource clock, Supplier<String> failureCause) {
        this.folder = folder;
        this.segmentMessages = messages;
        this.clock = clock;
        this.failureCause = failureCause;
        this.thread = BackgroundThread.every("journal-filing", PASS_EVERY, this::round);
    }

    /// Counts since the start.
    ///
    /// - `persisted`: messages written to the write-ahead log, including duplicates
    /// - `filed`: messages moved to a message file; `duplicates`: skipped because the file had them
    /// - `invalid`: bodies that were not messages; `replayed`: skipped messages of replays
    public record Counts(long persisted, long filed, long duplicates, long invalid, long replayed) {}

    public void start() {
        thread.start();
    }

    @Override
    public void accept(List<byte[]> bodies) throws IOException {
        var messages = new ArrayList<ArchivedMessage>(bodies.size());
        int malformed = 0;
        int replays = 0;
        for (byte[] body : bodies) {
            try {
                ArchivedMessage message = ArchivedMessage.parse(body);
                if (message.isReplayed()) {
                    replays++;
                } else {
                    messages.add(message);
                }
            } catch (MalformedMessageException | RuntimeException e) {
                malformed++;
                LOG.debug("message refused cause={}", e.getMessage());
            }
        }
        if (!messages.isEmpty()) {
            writeAheadLog().append(messages);
        }
        persisted.addAndGet(messages.size());
        invalid.addAndGet(malformed);
        replayed.addAndGet(replays);
    }

    public Counts counts() {
        return new Counts(persisted.get(), filed.get(), duplicates.get(), invalid.get(), replayed.get());
    }

    /// Messages about one session's frames from `firstFrame` to `lastFrame` that are `wanted`, filed or not, ordered
    /// by time, without duplicates.
    public List<ArchivedMessage> read(
            String stream, String session, long firstFrame, long lastFrame, Predicate<ArchivedMessage> wanted)
            throws IOException {
        var keys = new HashSet<String>();
        var found = new ArrayList<ArchivedMessage>();
        Predicate<ArchivedMessage> fits = message -> message.stream().equals(stream)
                && session.equals(message.session())
                && isWithin(message, firstFrame, lastFrame)
                && wanted.test(message)
                && keys.add(message.key());
        var messageSession = new LogFile.MessageSession(stream, session);
        for (LogFile file : writeAheadLog().all()) {
            var spans = file.spans().getOrDefault(messageSession, List.of());
            if (spans.stream().anyMatch(span -> span.firstFrame() <= lastFrame && span.lastFrame() >= firstFrame)) {
                found.addAll(readIfThere(file.path(), fits));
            }
        }
        for (var segment : segmentMessages.find(stream, session, new MessageSpan(firstFrame, lastFrame, -1, -1))) {
            if (segment.firstFrame() <= lastFrame && segment.lastFrame() >= firstFrame) {
                found.addAll(readIfThere(segment.path(), fits));
            }
        }
        found.sort(ArchivedMessage.IN_TIME);
        return found;
    }

    /// Indexes message files that the index does not know.
    void reindexNow() throws IOException {
        new LogCompactor(writeAheadLog(), segmentMessages, clock, delays).reindex();
    }

    /// Moves all settled messages to their message files.
    void fileNow() throws IOException {
        var logCompactor = new LogCompactor(writeAheadLog(), segmentMessages, clock, delays);
        try {
            while (logCompactor.pass()) {
                LOG.debug("more to file");
            }
        } finally {
            filed.addAndGet(logCompactor.counts().filed());
            duplicates.addAndGet(logCompactor.counts().duplicates());
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
            LOG.warn("write-ahead log not closed cause={}", e.getMessage());
        }
    }

    private synchronized WriteAheadLog writeAheadLog() throws IOException {
        if (!failureCause.get().isEmpty()) {
            throw new IOException(failureCause.get());
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
                reindexNow();
            }
            failures = 0;
        } catch (IOException e) {
            if (failures++ % FAILURES_PER_LOG_LINE == 0) {
                LOG.warn("filing failed attempts={} cause={}", failures, e.getMessage());
            }
        }
    }

    private static boolean isWithin(ArchivedMessage message, long firstFrame, long lastFrame) {
        long frame = message.frameNumber().orElse(-1);
        return firstFrame <= frame && frame <= lastFrame;
    }

    /// Empty for a log file that has been moved since: its messages are read from the message file.
    private static List<ArchivedMessage> readIfThere(Path file, Predicate<ArchivedMessage> wanted) throws IOException {
        try {
            return Files.exists(file) ? new LogFile(file, 0).read(wanted) : List.of();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }
}
