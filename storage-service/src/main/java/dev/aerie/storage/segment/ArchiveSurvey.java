package dev.aerie.storage.segment;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks over the whole archive and brings files and index together again, after a crash and after a disk has returned.
///
/// - a `.part` file that nobody writes is finished
/// - a segment that the index does not know is read and entered
/// - a segment of the index whose file is gone is marked missing, and closed again when the file is back
///
/// Used by one thread.
final class ArchiveSurvey {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSurvey.class);
    private static final long ANSWER_SECONDS = 30;

    private final SegmentPlace place;
    private final SegmentRepair repair;
    private final Catalog catalog;
    private final Segments segments;
    private final Recordings recordings;

    ArchiveSurvey(SegmentPlace place, Catalog catalog) {
        this.place = place;
        this.repair = new SegmentRepair(place.root(), () -> place.ids().get().toString());
        this.catalog = catalog;
        this.segments = new Segments(catalog);
        this.recordings = new Recordings(catalog);
    }

    /// What was done.
    record Report(int finished, int entered, int missing, int unreadable) {}

    /// Throws [IOException] where disk or index are away: to be done again later.
    Report make() throws IOException, InterruptedException {
        Set<String> open = place.open().all().stream()
                .map(segment -> segment.segment().path())
                .collect(Collectors.toSet());
        var names = names();
        var known = new HashMap<String, Segment>();
        segments.all().forEach(segment -> known.put(segment.path(), segment));
        int finished = 0;
        int entered = 0;
        int unreadable = 0;
        for (Found found : names) {
            String path = found.name().path();
            if (found.part() && !open.contains(found.name().partPath())) {
                finished += finish(found.name()) ? 1 : 0;
            } else if (!found.part()
                    && !known.containsKey(path)
                    && !open.contains(found.name().partPath())) {
                boolean whole = enter(found.name());
                entered += whole ? 1 : 0;
                unreadable += whole ? 0 : 1;
            }
        }
        int missing = mark(known, names);
        endStale(open);
        return new Report(finished, entered, missing, unreadable);
    }

    private record Found(SegmentName name, boolean part) {}

    /// Every segment file, by stream, session and frame.
    private List<Found> names() throws IOException {
        place.root().require();
        var names = new ArrayList<Found>();
        for (Path stream : folders(place.root().path())) {
            for (Path session : folders(stream)) {
                collect(session, names);
                for (Path inner :
                        session.getFileName().toString().equals("overlay") ? folders(session) : List.<Path>of()) {
                    collect(inner, names);
                }
            }
        }
        return names;
    }

    private void collect(Path session, List<Found> names) throws IOException {
        try (var files = Files.list(session)) {
            files.sorted()
                    .forEach(file -> SegmentName.parse(place.root().path().relativize(file))
                            .ifPresent(name ->
                                    names.add(new Found(name, file.toString().endsWith(SegmentName.PART)))));
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    private boolean finish(SegmentName name) throws IOException, InterruptedException {
        try {
            var repaired = repair.finish(name);
            if (repaired.isEmpty()) {
                return false;
            }
            enter(repaired.get());
            place.ledger()
                    .event(
                            name.stream(),
                            name.session(),
                            "segment-repaired",
                            name.path() + " ends with frame "
                                    + repaired.get().segment().lastFrame());
            return true;
        } catch (NoSuchFileException _) {
            return false; // its writer has finished it meanwhile
        }
    }

    private boolean enter(SegmentName name) throws IOException, InterruptedException {
        var repaired = repair.read(name);
        if (repaired.isEmpty()) {
            place.faults().fault("segment unreadable", name.stream(), name.path());
            return false;
        }
        return enter(repaired.get());
    }

    private boolean enter(SegmentRepair.Repaired repaired) throws IOException, InterruptedException {
        return await(place.ledger().enter(repaired.segment(), repaired.frames()));
    }

    private int mark(Map<String, Segment> known, List<Found> names) throws IOException, InterruptedException {
        var there = names.stream()
                .filter(found -> !found.part())
                .map(found -> found.name().path())
                .collect(Collectors.toCollection(HashSet::new));
        int missing = 0;
        for (Segment segment : known.values()) {
            boolean isThere = there.contains(segment.path());
            var state = isThere ? Segment.State.CLOSED : Segment.State.MISSING;
            missing += isThere || segment.state() == Segment.State.REMOTE ? 0 : 1;
            if (segment.state() != state && (isThere || segment.state() == Segment.State.CLOSED)) {
                boolean _ = await(
                        catalog.<Boolean>change(connection -> Segments.setState(connection, segment.id(), state)));
                LOG.info("segment {} path={}", isThere ? "is back" : "is missing", segment.path());
            }
        }
        return missing;
    }

    /// Sessions that an earlier life of this service did not see end, and that nobody records now.
    private void endStale(Set<String> open) throws IOException, InterruptedException {
        var recorded = open.stream()
                .flatMap(path -> SegmentName.parse(Path.of(path)).stream())
                .map(name -> new SessionKey(name.stream(), name.session()))
                .collect(Collectors.toSet());
        for (var recording : recordings.running()) {
            if (!recorded.contains(new SessionKey(recording.stream(), recording.session()))) {
                boolean _ = await(place.ledger().ended(recording.stream(), recording.session()));
            }
        }
    }

    private static boolean await(CompletableFuture<Boolean> change) throws IOException, InterruptedException {
        try {
            return change.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the index takes no entries: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("the index takes no entries", e);
        }
    }
}
