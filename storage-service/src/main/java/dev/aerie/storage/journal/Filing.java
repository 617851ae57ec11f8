package dev.aerie.storage.journal;

import dev.aerie.storage.journal.SegmentBooks.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Moves messages from the [Intake] to the files of their segments, each once.
///
/// An intake file is moved when it is settled which segment each of its messages belongs to: that of its picture,
/// once that segment is closed. So a message that comes again, whenever that is, goes to the same file, where its
/// key is found. A crash on the way leaves the intake file, and the next pass does it again.
///
/// Called by one thread at a time.
final class Filing {

    /// A picture that no segment holds by then is not recorded.
    static final Duration RECORDED_WITHIN = Duration.ofMinutes(1);

    private static final int FILES_AT_ONCE = 64;

    private final Intake intake;
    private final SegmentBooks books;
    private final InstantSource clock;
    private long filed;
    private long repeated;

    Filing(Intake intake, SegmentBooks books, InstantSource clock) {
        this.intake = intake;
        this.books = books;
        this.clock = clock;
    }

    /// Messages written into files of segments, and messages left out because they were there.
    record Counts(long filed, long repeated) {}

    Counts counts() {
        return new Counts(filed, repeated);
    }

    /// Moves everything that is settled; returns whether there may be more.
    boolean pass() throws IOException {
        var settled = new ArrayList<IntakeFile>();
        var waiting = new HashSet<IntakeFile.Speaker>();
        for (IntakeFile file : intake.complete()) {
            if (settled.size() < FILES_AT_ONCE && isSettled(file, waiting)) {
                settled.add(file);
            }
        }
        if (settled.isEmpty()) {
            return false;
        }
        move(settled);
        for (IntakeFile file : settled) {
            intake.forget(file);
        }
        return settled.size() == FILES_AT_ONCE;
    }

    /// Counts what lies beside segments that the index knows nothing of: it was lost and made anew.
    void countAgain() throws IOException {
        for (Shelf shelf : books.uncounted()) {
            if (Files.exists(shelf.said())) {
                books.filed(shelf, Sightings.of(new IntakeFile(shelf.said(), 0).read(_ -> true)));
            }
        }
    }

    /// - `waiting`: speakers for whom an older file waits already, and so this one too
    private boolean isSettled(IntakeFile file, Set<IntakeFile.Speaker> waiting) throws IOException {
        if (!Files.exists(file.path())) {
            return false; // its disk is away, and comes back
        }
        boolean isOld = clock.millis() - file.begunMillis() > RECORDED_WITHIN.toMillis();
        boolean isSettled = true;
        for (var entry : file.spans().entrySet()) {
            IntakeFile.Speaker speaker = entry.getKey();
            if (waiting.contains(speaker)
                    || !isSettled(entry.getValue(), isOld, shelvesOf(speaker, entry.getValue()), speaker)) {
                waiting.add(speaker);
                isSettled = false;
            }
        }
        return isSettled;
    }

    private static boolean isSettled(Span span, boolean isOld, List<Shelf> shelves, IntakeFile.Speaker speaker) {
        boolean anyReaches = speaker.session() == null;
        for (Shelf shelf : shelves) {
            boolean beginsBehind =
                    shelf.firstFrame() > span.lastFrame() && shelf.firstCaptureNanos() > span.lastCaptureNanos();
            if (!shelf.closed() && !beginsBehind) {
                return false;
            }
            boolean endsBehind =
                    shelf.lastFrame() >= span.lastFrame() && shelf.lastCaptureNanos() >= span.lastCaptureNanos();
            anyReaches |= beginsBehind || endsBehind;
        }
        return anyReaches || isOld;
    }

    private void move(List<IntakeFile> files) throws IOException {
        var bySegment = new LinkedHashMap<Shelf, List<SaidMessage>>();
        var byFile = new LinkedHashMap<Path, List<SaidMessage>>();
        for (IntakeFile file : files) {
            Map<IntakeFile.Speaker, List<Shelf>> shelves = new HashMap<>();
            for (var entry : file.spans().entrySet()) {
                shelves.put(entry.getKey(), shelvesOf(entry.getKey(), entry.getValue()));
            }
            for (SaidMessage said : file.read(_ -> true)) {
                var speaker = new IntakeFile.Speaker(said.stream(), said.session());
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
            books.filed(entry.getKey(), Sightings.of(add(entry.getKey().said(), entry.getValue())));
        }
        for (var entry : byFile.entrySet()) {
            add(entry.getKey(), entry.getValue());
        }
    }

    private List<Shelf> shelvesOf(IntakeFile.Speaker speaker, Span span) throws IOException {
        String session = speaker.session();
        return session == null ? List.of() : books.shelves(speaker.stream(), session, span);
    }

    private Path unrecorded(SaidMessage said) {
        String session = said.session() == null ? "none" : said.session();
        long minute = TimeUnit.NANOSECONDS.toMinutes(said.captureTimeNanos().orElse(0));
        return books.unrecorded(said.stream(), session).resolve("said-" + minute + ".jsonl.gz");
    }

    /// Adds what is not there yet, in the order of time; returns all that is there now.
    private List<SaidMessage> add(Path file, List<SaidMessage> messages) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var lines = GzipLines.open(file)) {
            var all = new ArrayList<SaidMessage>();
            GzipLines.read(file, line -> all.add(IntakeFile.parsed(line)));
            Set<String> keys = new HashSet<>();
            all.forEach(said -> keys.add(said.key()));
            List<SaidMessage> fresh = messages.stream()
                    .filter(said -> keys.add(said.key()))
                    .sorted(SaidMessage.IN_TIME)
                    .toList();
            if (!fresh.isEmpty()) {
                lines.append(fresh.stream().map(SaidMessage::line).toList());
            }
            all.addAll(fresh);
            filed += fresh.size();
            repeated += messages.size() - fresh.size();
            return all;
        }
    }
}
