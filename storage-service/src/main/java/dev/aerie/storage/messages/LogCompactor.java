package dev.aerie.storage.messages;

import dev.aerie.files.PrivateFolder;
import dev.aerie.service.retention.RetryDelays;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.messages.SegmentMessages.SegmentMessageFile;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves messages from the [WriteAheadLog] to the files of their segments, each once.
///
/// A log file is moved once the segment of each of its messages is known and closed: the segment that contains the
/// message's frame. A repeated message therefore always goes to the same file, where its key is found. After a crash
/// the log file is still there and the next pass moves it again.
///
/// Called by one thread at a time.
final class LogCompactor {

    private static final Logger LOG = LoggerFactory.getLogger(LogCompactor.class);

    /// A frame that is in no segment after this time was not recorded.
    static final Duration RECORDED_WITHIN = Duration.ofMinutes(1);

    private static final int FILES_AT_ONCE = 64;

    private final WriteAheadLog writeAheadLog;
    private final SegmentMessages segmentMessages;
    private final InstantSource clock;
    private final RetryDelays delays;
    private long filed;
    private long duplicates;

    /// - `delays`: of log files that cannot be moved, by path
    LogCompactor(WriteAheadLog writeAheadLog, SegmentMessages messages, InstantSource clock, RetryDelays delays) {
        this.writeAheadLog = writeAheadLog;
        this.segmentMessages = messages;
        this.clock = clock;
        this.delays = delays;
    }

    /// Messages written into message files, and messages skipped because they were already there.
    record Counts(long filed, long duplicates) {}

    Counts counts() {
        return new Counts(filed, duplicates);
    }

    /// Moves every settled log file; returns whether there may be more.
    boolean pass() throws IOException {
        var settled = new ArrayList<LogFile>();
        var waiting = new HashSet<LogFile.MessageSession>();
        for (LogFile file : writeAheadLog.complete()) {
            boolean isLeftAlone = delays.isLeftAlone(file.path().toString());
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
            delays.over(file.path().toString());
        }
    }

    /// A log file that cannot be moved is retried later, so that it does not block the others.
    private void settleAlone(LogFile file) throws CatalogUnavailableException {
        try {
            settle(List.of(file));
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            var wait = delays.failed(file.path().toString());
            LOG.warn(
                    "messages not filed file={} retryMillis={} cause={}",
                    file.path().getFileName(),
                    wait.toMillis(),
                    e.toString());
        }
    }

    /// Indexes message files that the index does not know, for example after the index was rebuilt.
    void reindex() throws IOException {
        for (SegmentMessageFile segment : segmentMessages.unindexed()) {
            if (Files.exists(segment.path())) {
                reindex(segment);
            }
        }
    }

    private void reindex(SegmentMessageFile segment) throws CatalogUnavailableException {
        String name = segment.path().toString();
        if (delays.isLeftAlone(name)) {
            return;
        }
        try {
            segmentMessages.markFiled(segment, LabelStats.of(new LogFile(segment.path(), 0).read(_ -> true)));
            delays.over(name);
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            delays.failed(name);
            LOG.warn("messages not indexed file={} cause={}", segment.path().getFileName(), e.toString());
        }
    }

    /// - `waiting`: sessions with messages in an older log file that is not settled; their order is kept
    private boolean isSettled(LogFile file, Set<LogFile.MessageSession> waiting) throws IOException {
        if (!Files.exists(file.path())) {
            return false; // its disk is unavailable for now
        }
        boolean isOld = clock.millis() - file.begunMillis() > RECORDED_WITHIN.toMillis();
        boolean isSettled = true;
        for (var entry : file.spans().entrySet()) {
            LogFile.MessageSession session = entry.getKey();
            for (MessageSpan span : entry.getValue()) {
                if (waiting.contains(session) || !isSettled(span, isOld, segmentsOf(session, List.of(span)), session)) {
                    waiting.add(session);
                    isSettled = false;
                }
            }
        }
        return isSettled;
    }

    private static boolean isSettled(
            MessageSpan span, boolean isOld, List<SegmentMessageFile> segments, LogFile.MessageSession session) {
        boolean anyReaches = session.session() == null;
        for (SegmentMessageFile segment : segments) {
            boolean beginsAfter =
                    segment.firstFrame() > span.lastFrame() && segment.firstCaptureNanos() > span.lastCaptureNanos();
            if (!segment.closed() && !isPast(span, segment, isOld)) {
                return false;
            }
            boolean endsAfter =
                    segment.lastFrame() >= span.lastFrame() && segment.lastCaptureNanos() >= span.lastCaptureNanos();
            anyReaches |= beginsAfter || endsAfter;
        }
        return anyReaches || isOld;
    }

    /// Whether an open segment can no longer contain a span: the segment began after it, or the span is so far ahead
    /// that its frame number or time must be wrong; waiting for it would never end.
    private static boolean isPast(MessageSpan span, SegmentMessageFile open, boolean isOld) {
        boolean byFrame = open.firstFrame() > span.lastFrame()
                || (isOld && span.firstFrame() - open.lastFrame() > MessageSpan.FAR_FRAMES);
        boolean byTime = open.firstCaptureNanos() > span.lastCaptureNanos()
                || (isOld && span.firstCaptureNanos() - open.lastCaptureNanos() > MessageSpan.FAR_NANOS);
        return byFrame && byTime;
    }

    private void move(List<LogFile> files) throws IOException {
        var bySegment = new LinkedHashMap<SegmentMessageFile, List<ArchivedMessage>>();
        var byFile = new LinkedHashMap<Path, List<ArchivedMessage>>();
        for (LogFile file : files) {
            Map<LogFile.MessageSession, List<SegmentMessageFile>> segments = new HashMap<>();
            for (var entry : file.spans().entrySet()) {
                segments.put(entry.getKey(), segmentsOf(entry.getKey(), entry.getValue()));
            }
            for (ArchivedMessage message : file.read(_ -> true)) {
                var session = new LogFile.MessageSession(message.stream(), message.session());
                Optional<SegmentMessageFile> segment = segments.getOrDefault(session, List.of()).stream()
                        .filter(candidate -> candidate.closed() && candidate.covers(message))
                        .findFirst();
                if (segment.isPresent()) {
                    bySegment
                            .computeIfAbsent(segment.get(), _ -> new ArrayList<>())
                            .add(message);
                } else {
                    byFile.computeIfAbsent(unrecorded(message), _ -> new ArrayList<>())
                            .add(message);
                }
            }
        }
        for (var entry : bySegment.entrySet()) {
            segmentMessages.markFiled(
                    entry.getKey(), LabelStats.of(add(entry.getKey().path(), entry.getValue())));
        }
        for (var entry : byFile.entrySet()) {
            add(entry.getKey(), entry.getValue());
        }
    }

    private List<SegmentMessageFile> segmentsOf(LogFile.MessageSession messageSession, List<MessageSpan> spans)
            throws IOException {
        String session = messageSession.session();
        var segments = new LinkedHashSet<SegmentMessageFile>();
        if (session != null) {
            for (MessageSpan span : spans) {
                segments.addAll(segmentMessages.find(messageSession.stream(), session, span));
            }
        }
        return List.copyOf(segments);
    }

    private Path unrecorded(ArchivedMessage message) {
        String session = message.session() == null ? "none" : message.session();
        long minute = TimeUnit.NANOSECONDS.toMinutes(message.captureTimeNanos().orElse(0));
        return MessageFiles.unrecorded(segmentMessages.unrecordedFolder(message.stream(), session), minute);
    }

    /// Appends the messages that are not in the file yet, ordered by time; returns all messages of the file.
    private List<ArchivedMessage> add(Path file, List<ArchivedMessage> messages) throws IOException {
        var _ = PrivateFolder.create(
                Objects.requireNonNull(file.toAbsolutePath().getParent()));
        try (var lines = GzipLines.open(file)) {
            var all = new ArrayList<ArchivedMessage>();
            all.addAll(new LogFile(file, 0).read(_ -> true));
            Set<String> keys = new HashSet<>();
            all.forEach(message -> keys.add(message.key()));
            List<ArchivedMessage> fresh = messages.stream()
                    .filter(message -> keys.add(message.key()))
                    .sorted(ArchivedMessage.IN_TIME)
                    .toList();
            if (!fresh.isEmpty()) {
                lines.append(fresh.stream().map(ArchivedMessage::line).toList());
            }
            all.addAll(fresh);
            filed += fresh.size();
            duplicates += messages.size() - fresh.size();
            return all;
        }
    }
}
