package dev.aerie.storage.segment;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
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

/// Reconciles files and index of the whole archive, after a crash and after a disk has returned.
///
/// - finishes a `.part` file that nobody is writing
/// - reads a segment that is missing from the index, and enters it
/// - marks a segment as missing if its file is gone, and as closed again when the file is back
///
/// Used by one thread.
final class ArchiveReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveReconciler.class);
    private static final long ANSWER_SECONDS = 30;

    private final RecordingContext context;
    private final ArchiveFolders folders;
    private final SegmentRepair repair;
    private final Catalog catalog;
    private final Segments segments;
    private final Recordings recordings;

    ArchiveReconciler(RecordingContext context, Catalog catalog, ArchiveFolders folders) {
        this.context = context;
        this.folders = folders;
        this.repair =
                new SegmentRepair(context.root(), () -> context.ids().get().toString());
        this.catalog = catalog;
        this.segments = new Segments(catalog);
        this.recordings = new Recordings(catalog);
    }

    /// The result of a pass.
    ///
    /// - `unreadable`: files that are named like segments but are none
    /// - `failed`: files and folders that could not be read or written now and are retried later
    record Report(int finished, int entered, int missing, int unreadable, int failed) {}

    /// Throws [IOException] if disk or index are away; the pass is then repeated later.
    Report reconcile() throws IOException, InterruptedException {
        Set<String> open = context.open().all().stream()
                .map(segment -> segment.segment().path())
                .collect(Collectors.toSet());
        var walked = folders.walk();
        var names = names(walked);
        var known = new HashMap<String, Segment>();
        segments.all().forEach(segment -> known.put(segment.path(), segment));
        var done = new EnumMap<FileResult, Integer>(FileResult.class);
        for (Found found : names) {
            done.merge(settle(found, known, open), 1, Integer::sum);
        }
        context.root().require();
        int missing = mark(known, names, walked);
        endStale(open);
        return new Report(
                done.getOrDefault(FileResult.FINISHED, 0),
                done.getOrDefault(FileResult.ENTERED, 0),
                missing,
                done.getOrDefault(FileResult.UNREADABLE, 0),
                done.getOrDefault(FileResult.FAILED, 0) + walked.unread().size());
    }

    private record Found(SegmentName name, boolean part) {}

    private enum FileResult {
        KNOWN,
        FINISHED,
        ENTERED,
        UNREADABLE,
        FAILED
    }

    /// All segment files, by stream, session and frame.
    private List<Found> names(ArchiveFolders.Found walked) {
        var names = new ArrayList<Found>();
        for (Path file : walked.files()) {
            SegmentName.parse(context.root().path().relativize(file))
                    .ifPresent(name -> names.add(new Found(name, file.toString().endsWith(SegmentName.PART))));
        }
        return names;
    }

    /// A problem with one file does not stop the others.
    private FileResult settle(Found found, Map<String, Segment> known, Set<String> open)
            throws IOException, InterruptedException {
        var name = found.name();
        if (open.contains(name.partPath()) || (!found.part() && known.containsKey(name.path()))) {
            return FileResult.KNOWN;
        }
        try {
            return found.part() ? finish(name) : enter(name);
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (NoSuchFileException _) {
            return FileResult.KNOWN; // its writer has finished it meanwhile, or somebody has removed it
        } catch (IOException | RuntimeException e) {
            context.faults().fault("segment not looked at", name.stream(), name.path() + ": " + e);
            return FileResult.FAILED;
        }
    }

    private FileResult finish(SegmentName name) throws IOException, InterruptedException {
        var repaired = repair.finish(name);
        if (repaired.isEmpty()) {
            return FileResult.KNOWN;
        }
        boolean _ = enter(repaired.get());
        context.registrar()
                .event(
                        name.stream(),
                        name.session(),
                        "segment-repaired",
                        name.path() + " ends with frame "
                                + repaired.get().segment().lastFrame());
        return FileResult.FINISHED;
    }

    private FileResult enter(SegmentName name) throws IOException, InterruptedException {
        var repaired = repair.read(name);
        if (repaired.isEmpty()) {
            context.faults().fault("segment unreadable", name.stream(), name.path());
            return FileResult.UNREADABLE;
        }
        return enter(repaired.get()) ? FileResult.ENTERED : FileResult.UNREADABLE;
    }

    private boolean enter(SegmentRepair.Repaired repaired) throws IOException, InterruptedException {
        return await(context.registrar().enter(repaired.segment(), repaired.frames()));
    }

    private int mark(Map<String, Segment> known, List<Found> names, ArchiveFolders.Found walked)
            throws IOException, InterruptedException {
        var there = names.stream()
                .filter(found -> !found.part())
                .map(found -> found.name().path())
                .collect(Collectors.toCollection(HashSet::new));
        int missing = 0;
        for (Segment segment : known.values()) {
            boolean isThere = there.contains(segment.path());
            if (isThere != (segment.state() == Segment.State.CLOSED)) {
                // A segment that was closed, fetched or dropped since the folders were read is no contradiction.
                isThere = Files.exists(context.root().resolve(segment.path()));
            }
            if (!isThere && walked.mayHold(context.root().resolve(segment.path()))) {
                continue;
            }
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

    /// Ends sessions whose end an earlier run of this service has missed, and that nobody records now.
    private void endStale(Set<String> open) throws IOException, InterruptedException {
        var recorded = open.stream()
                .flatMap(path -> SegmentName.parse(Path.of(path)).stream())
                .map(name -> new SessionKey(name.stream(), name.session()))
                .collect(Collectors.toSet());
        for (var recording : recordings.running()) {
            if (!recorded.contains(new SessionKey(recording.stream(), recording.session()))) {
                boolean _ = await(context.registrar().ended(recording.stream(), recording.session()));
            }
        }
    }

    private static boolean await(CompletableFuture<Boolean> change) throws IOException, InterruptedException {
        try {
            return change.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CatalogUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IOException("the index rejects an entry: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CatalogUnavailableException("the index cannot store entries now", e);
        }
    }
}
