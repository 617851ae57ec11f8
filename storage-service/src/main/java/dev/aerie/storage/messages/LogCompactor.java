package dev.aerie.storage.messages;

import dev.aerie.service.retention.RetryDelays;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.messages.SegmentMessages.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves messages from the [WriteAheadLog] to the files of their segments, each once.
///
/// An intake file is moved when it is settled which segment each of its messages belongs to: that of its frame,
/// once that segment is closed. So a message that comes again, whenever that is, goes to the same file, where its
/// key is found. A crash on the way leaves the intake file, and the next pass does it again.
///
/// Called by one thread at a time.
final class LogCompactor {

    private static final Logger LOG = LoggerFactory.getLogger(LogCompactor.class);

    /// A frame that no segment holds by then is not recorded.
    static final Duration RECORDED_WITHIN = Duration.ofMinutes(1);

    private static final int FILES_AT_ONCE = 64;

    private final WriteAheadLog writeAheadLog;
    private final SegmentMessages segmentMessages;
    private final InstantSource clock;
    private final RetryDelays retryDelays;
    private long filed;
    private long repeated;

    /// - `setbacks`: of intake files that cannot be moved, by path
    LogCompactor(WriteAheadLog writeAheadLog, SegmentMessages messages, InstantSource clock, RetryDelays retryDelays) {
        this.writeAheadLog = writeAheadLog;
        this.segmentMessages = messages;
        this.clock = clock;
        this.retryDelays = retryDelays;
    }

    /// Messages written into files of segments, and messages left out because they were there.
    record Counts(long filed, long repeated) {}

    Counts counts() {
        return new Counts(filed, repeated);
    }

    /// Moves everything that is settled; returns whether there may be more.
    boolean pass() throws IOException {
        var settled = new ArrayList<LogFile>();
        var waiting = new HashSet<LogFile.Speaker>();
        for (LogFile file : writeAheadLog.complete()) {
            boolean isLeftAlone = retryDelays.isLeftAlone(file.path().toString());
            if (!isLeftAlone && settled.size() < FILES_AT_ONCE && isSettled(file, waiting)) {
                settled.add(file);
            }
        }
        if (settled.isEmpty()) {
            return false;
        }
        try {
            settle(settled);
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.debug("filing one by one cause={}", e.toString());
            for (LogFile file : settled) {
                settleAlone(file);
            }
        }
        return settled.size() == FILES_AT_ONCE;
    }

    private void settle(List<LogFile> files) throws IOException {
        move(files);
        for (LogFile file : files) {
            writeAheadLog.forget(file);
            retryDelays.over(file.path().toString());
        }
    }

    /// One that cannot be moved is left alone for a while, so that it costs itself alone.
    private void settleAlone(LogFile file) throws CatalogUnavailableException {
        try {
            settle(List.of(file));
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            var wait = retryDelays.failed(file.path().toString());
            LOG.warn(
                    "messages not filed file={} retryMillis={} cause={}",
                    file.path().getFileName(),
                    wait.toMillis(),
                    e.toString());
        }
    }

    /// Counts what lies beside segments that the index knows nothing of: it was lost and made anew.
    void countAgain() throws IOException {
        for (Shelf shelf : segmentMessages.uncounted()) {
            if (Files.exists(shelf.said())) {
                countAgain(shelf);
            }
        }
    }

    private void countAgain(Shelf shelf) throws CatalogUnavailableException {
        String name = shelf.said().toString();
        if (retryDelays.isLeftAlone(name)) {
            return;
        }
        try {
            segmentMessages.filed(shelf, LabelStats.of(new LogFile(shelf.said(), 0).read(_ -> true)));
            retryDelays.over(name);
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            retryDelays.failed(name);
            LOG.warn("messages not counted file={} cause={}", shelf.said().getFileName(), e.toString());
        }
    }

    /// - `waiting`: speakers for whom an older file waits already, and so this one too
    private boolean isSettled(LogFile file, Set<LogFile.Speaker> waiting) throws IOException {
        if (!Files.exists(file.path())) {
            return false; // its disk is away, and comes back
        }
        boolean isOld = clock.millis() - file.begunMillis() > RECORDED_WITHIN.toMillis();
        boolean isSettled = true;
        for (var entry : file.spans().entrySet()) {
            LogFile.Speaker speaker = entry.getKey();
            for (MessageSpan messageSpan : entry.getValue()) {
                if (waiting.contains(speaker)
                        || !isSettled(messageSpan, isOld, shelvesOf(speaker, List.of(messageSpan)), speaker)) {
                    waiting.add(speaker);
                    isSettled = false;
                }
            }
        }
        return isSettled;
    }

    private static boolean isSettled(
            MessageSpan messageSpan, boolean isOld, List<Shelf> shelves, LogFile.Speaker speaker) {
        boolean anyReaches = speaker.session() == null;
        for (Shelf shelf : shelves) {
            boolean beginsBehind = shelf.firstFrame() > messageSpan.lastFrame()
                    && shelf.firstCaptureNanos() > messageSpan.lastCaptureNanos();
            if (!shelf.closed() && !isPast(messageSpan, shelf, isOld)) {
                return false;
            }
            boolean endsBehind = shelf.lastFrame() >= messageSpan.lastFrame()
                    && shelf.lastCaptureNanos() >= messageSpan.lastCaptureNanos();
            anyReaches |= beginsBehind || endsBehind;
        }
        return anyReaches || isOld;
    }

    /// Whether a segment that still grows has nothing to do with a span any more: it began behind it; or the span is
    /// about frames or times so far ahead that they are wrong, and the message would be kept waiting for ever.
    private static boolean isPast(MessageSpan messageSpan, Shelf open, boolean isOld) {
        boolean byFrame = open.firstFrame() > messageSpan.lastFrame()
                || (isOld && messageSpan.firstFrame() - open.lastFrame() > MessageSpan.FAR_FRAMES);
        boolean byTime = open.firstCaptureNanos() > messageSpan.lastCaptureNanos()
                || (isOld && messageSpan.firstCaptureNanos() - open.lastCaptureNanos() > MessageSpan.FAR_NANOS);
        return byFrame && byTime;
    }

    private void move(List<LogFile> files) throws IOException {
        var bySegment = new LinkedHashMap<Shelf, List<ArchivedMessage>>();
        var byFile = new LinkedHashMap<Path, List<ArchivedMessage>>();
        for (LogFile file : files) {
            Map<LogFile.Speaker, List<Shelf>> shelves = new HashMap<>();
            for (var entry : file.spans().entrySet()) {
                shelves.put(entry.getKey(), shelvesOf(entry.getKey(), entry.getValue()));
            }
            for (ArchivedMessage said : file.read(_ -> true)) {
                var speaker = new LogFile.Speaker(said.stream(), said.session());
                Optional<Shelf> shelf = shelves.getOrDefault(speaker, List.of()).stream()
                        .filter(candidate -> candidate.closed() && candidate.holds(said))
                        .findFirst();
                if (shelf.isPresent()) {
                    bySegment
                            .computeIfAbsent(shelf.get(), _ -> new ArrayList<>())
                            .add(said);
                } else {
                    byFile.computeIfAbsent(unrecorded(said), _ -> new ArrayList<>())
                            .add(said);
                }
            }
        }
        for (var entry : bySegment.entrySet()) {
            segmentMessages.filed(
                    entry.getKey(), LabelStats.of(add(entry.getKey().said(), entry.getValue())));
        }
        for (var entry : byFile.entrySet()) {
            add(entry.getKey(), entry.getValue());
        }
    }

    private List<Shelf> shelvesOf(LogFile.Speaker speaker, List<MessageSpan> spans) throws IOException {
        String session = speaker.session();
        var shelves = new LinkedHashSet<Shelf>();
        if (session != null) {
            for (MessageSpan messageSpan : spans) {
                shelves.addAll(segmentMessages.shelves(speaker.stream(), session, messageSpan));
            }
        }
        return List.copyOf(shelves);
    }

    private Path unrecorded(ArchivedMessage said) {
        String session = said.session() == null ? "none" : said.session();
        long minute = TimeUnit.NANOSECONDS.toMinutes(said.captureTimeNanos().orElse(0));
        return segmentMessages.unrecorded(said.stream(), session).resolve("said-" + minute + ".jsonl.gz");
    }

    /// Adds what is not there yet, in the order of time; returns all that is there now.
    private List<ArchivedMessage> add(Path file, List<ArchivedMessage> messages) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var lines = GzipLines.open(file)) {
            var all = new ArrayList<ArchivedMessage>();
            all.addAll(new LogFile(file, 0).read(_ -> true));
            Set<String> keys = new HashSet<>();
            all.forEach(said -> keys.add(said.key()));
            List<ArchivedMessage> fresh = messages.stream()
                    .filter(said -> keys.add(said.key()))
                    .sorted(ArchivedMessage.IN_TIME)
                    .toList();
            if (!fresh.isEmpty()) {
                lines.append(fresh.stream().map(ArchivedMessage::line).toList());
            }
            all.addAll(fresh);
            filed += fresh.size();
            repeated += messages.size() - fresh.size();
            return all;
        }
    }
}
