package dev.aerie.storage.messages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Segments without a catalog: 100 frames each, 100 ms apart from Unix time 0.
final class ShelvesOnPaper implements SegmentMessages {

    static final long FRAME_NANOS = 100_000_000L;
    static final int FRAMES = 100;

    final Map<String, LabelStats> filed = new ConcurrentHashMap<>();

    /// Whether nothing reaches the index any more.
    volatile boolean dies;

    private final List<Shelf> shelves = new ArrayList<>();
    private final Path folder;

    ShelvesOnPaper(Path folder) {
        this.folder = folder;
    }

    synchronized void segment(int number, boolean closed) {
        long first = (long) number * FRAMES;
        long last = first + FRAMES - 1;
        shelves.removeIf(shelf -> shelf.firstFrame() == first);
        shelves.add(new Shelf(
                "segment-" + number, said(number), first, last, first * FRAME_NANOS, last * FRAME_NANOS, closed));
    }

    Path said(int number) {
        return folder.resolve("segment-" + number + ".said.jsonl.gz");
    }

    @Override
    public synchronized List<Shelf> shelves(String stream, String session, MessageSpan messageSpan) {
        return shelves.stream()
                .filter(shelf -> shelf.lastFrame() >= messageSpan.firstFrame())
                .toList();
    }

    @Override
    public Path unrecorded(String stream, String session) {
        return folder.resolve("unrecorded").resolve(stream).resolve(session);
    }

    @Override
    public List<Shelf> uncounted() {
        return List.of();
    }

    @Override
    public synchronized void filed(Shelf shelf, LabelStats labelStats) {
        if (dies) {
            throw new OutOfMemoryError("the process dies here");
        }
        filed.put(shelf.id(), labelStats);
    }
}
