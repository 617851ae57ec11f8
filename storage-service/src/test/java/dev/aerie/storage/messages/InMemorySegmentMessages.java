package dev.aerie.storage.messages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Segments without a catalog: 100 frames each, 100 ms apart from Unix time 0.
final class InMemorySegmentMessages implements SegmentMessages {

    static final long FRAME_NANOS = 100_000_000L;
    static final int FRAMES = 100;

    final Map<String, LabelStats> filed = new ConcurrentHashMap<>();

    /// Whether every change of the index fails.
    volatile boolean dies;

    private final List<SegmentMessageFile> segments = new ArrayList<>();
    private final Path folder;

    InMemorySegmentMessages(Path folder) {
        this.folder = folder;
    }

    synchronized void segment(int number, boolean closed) {
        long first = (long) number * FRAMES;
        long last = first + FRAMES - 1;
        segments.removeIf(segment -> segment.firstFrame() == first);
        segments.add(new SegmentMessageFile(
                "segment-" + number, file(number), first, last, first * FRAME_NANOS, last * FRAME_NANOS, closed));
    }

    Path file(int number) {
        return folder.resolve("segment-" + number + ".messages.jsonl.gz");
    }

    @Override
    public synchronized List<SegmentMessageFile> find(String stream, String session, MessageSpan span) {
        return segments.stream()
                .filter(segment -> segment.lastFrame() >= span.firstFrame())
                .toList();
    }

    @Override
    public Path unrecordedFolder(String stream, String session) {
        return folder.resolve("unrecorded").resolve(stream).resolve(session);
    }

    @Override
    public List<SegmentMessageFile> unindexed() {
        return List.of();
    }

    @Override
    public synchronized void markFiled(SegmentMessageFile segment, LabelStats labelStats) {
        if (dies) {
            throw new OutOfMemoryError("the process dies here");
        }
        filed.put(segment.id(), labelStats);
    }
}
