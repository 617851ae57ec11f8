package dev.aerie.storage.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Segments without a catalog: 100 pictures each, 100 ms apart from Unix time 0.
final class ShelvesOnPaper implements SegmentBooks {

    static final long PICTURE_NANOS = 100_000_000L;
    static final int PICTURES = 100;

    final Map<String, Sightings> filed = new ConcurrentHashMap<>();

    /// Whether nothing reaches the index any more.
    volatile boolean dies;

    private final List<Shelf> shelves = new ArrayList<>();
    private final Path folder;

    ShelvesOnPaper(Path folder) {
        this.folder = folder;
    }

    synchronized void segment(int number, boolean closed) {
        long first = (long) number * PICTURES;
        long last = first + PICTURES - 1;
        shelves.removeIf(shelf -> shelf.firstFrame() == first);
        shelves.add(new Shelf(
                "segment-" + number, said(number), first, last, first * PICTURE_NANOS, last * PICTURE_NANOS, closed));
    }

    Path said(int number) {
        return folder.resolve("segment-" + number + ".said.jsonl.gz");
    }

    @Override
    public synchronized List<Shelf> shelves(String stream, String session, Span span) {
        return shelves.stream()
                .filter(shelf -> shelf.lastFrame() >= span.firstFrame())
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
    public synchronized void filed(Shelf shelf, Sightings sightings) {
        if (dies) {
            throw new OutOfMemoryError("the process dies here");
        }
        filed.put(shelf.id(), sightings);
    }
}
