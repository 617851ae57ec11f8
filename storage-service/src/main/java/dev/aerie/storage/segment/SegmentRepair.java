package dev.aerie.storage.segment;

import static dev.aerie.video.StreamTime.nanosFromTicks90k;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.aerie.digest.Sha256;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.storage.catalog.Segment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Finishes what was left of a segment: by a process that died, or by a disk that went away.
final class SegmentRepair {

    private final ArchiveRoot root;
    private final Supplier<String> ids;

    /// - `ids`: gives a new id to each segment
    SegmentRepair(ArchiveRoot root, Supplier<String> ids) {
        this.root = root;
        this.ids = ids;
    }

    /// A segment whose file is whole and in its place.
    record Repaired(Segment segment, FrameIndex frames) {}

    /// Makes an ordinary MP4 of a `.part` file, cut behind its last whole fragment, and gives it its name. Empty where
    /// somebody writes it, or where no frame is in it: then it is deleted.
    Optional<Repaired> finish(SegmentName name) throws IOException {
        Path part = root.resolve(name.partPath());
        try (var channel = FileChannel.open(part, READ, WRITE)) {
            if (!isOurs(channel)) {
                return Optional.empty();
            }
            var found = SegmentScan.read(channel, name);
            if (found.isEmpty() || found.get().frames().own().isEmpty()) {
                Files.delete(part);
                return Optional.empty();
            }
            if (!found.get().finished()) {
                complete(channel, found.get());
            }
            Path file = root.resolve(name.path());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Durable.names(file);
            return Optional.of(repaired(name, found.get(), file));
        }
    }

    /// Reads a segment that has its name; empty if it is no whole one.
    Optional<Repaired> read(SegmentName name) throws IOException {
        Path file = root.resolve(name.path());
        try (var channel = FileChannel.open(file, READ)) {
            var found = SegmentScan.read(channel, name)
                    .filter(SegmentScan.Found::finished)
                    .filter(whole -> !whole.frames().own().isEmpty());
            return found.isEmpty() ? Optional.empty() : Optional.of(repaired(name, found.get(), file));
        }
    }

    private Repaired repaired(SegmentName name, SegmentScan.Found found, Path file) throws IOException {
        long fileNanos = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        var frames = CaptureTimes.mended(found.frames(), fileNanos);
        var facts = SegmentFacts.of(ids.get(), name, name.path(), found.track(), frames, Files.size(file));
        long lastNanos = nanosFromTicks90k(found.lastDurationTicks());
        return new Repaired(facts.closed(lastNanos, Sha256.of(file).hex()), frames);
    }

    private static void complete(FileChannel channel, SegmentScan.Found found) throws IOException {
        var out = new FileOutput(channel);
        out.begin(found.wholeBytes());
        out.write(SegmentLayout.complete(found.track(), found.frames().frames(), found.lastDurationTicks()));
        out.flush();
        channel.force(true);
        SegmentLayout.seal(channel, found.wholeBytes());
        channel.force(true);
    }

    /// Nobody writes the file, in this process or in another.
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }
}
