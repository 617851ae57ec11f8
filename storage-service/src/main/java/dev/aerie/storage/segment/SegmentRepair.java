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

/// Finishes segments that were left incomplete by a killed process or by a disk that disappeared.
final class SegmentRepair {

    private final ArchiveRoot root;
    private final Supplier<String> ids;

    /// - `ids`: generates the ids of segments
    SegmentRepair(ArchiveRoot root, Supplier<String> ids) {
        this.root = root;
        this.ids = ids;
    }

    /// A complete segment whose file has its final name.
    record Repaired(Segment segment, FrameIndex frames) {}

    /// Turns a `.part` file, cut after its last complete fragment, into an ordinary MP4 and renames it. Empty if the
    /// file is being written, or if it contains no frame: then it is deleted.
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

    /// Reads a segment file with its final name; empty if it is incomplete.
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

    /// Whether no process, this one included, is writing the file.
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }
}
