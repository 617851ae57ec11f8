package dev.aerie.storage.segment;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the last recorded frame of a session from its files alone, so that recording continues after a crash without
/// waiting for the index.
final class SessionTail {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTail.class);

    private SessionTail() {}

    private record File(SegmentName name, Path path) {}

    /// The newest frame of the session in any complete fragment; -1 for none.
    static long lastFrame(ArchiveRoot root, String stream, String session) throws IOException {
        root.require();
        for (File file : newestFirst(root, root.resolve(stream + "/" + session))) {
            long last = lastFrame(root, file);
            if (last >= 0) {
                return last;
            }
        }
        return -1;
    }

    /// Returns -1 if the file contains none or cannot be read: a broken file does not prevent recording.
    private static long lastFrame(ArchiveRoot root, File file) throws IOException {
        try (var channel = FileChannel.open(file.path(), READ)) {
            var frames = SegmentScan.read(channel, file.name())
                    .map(found -> found.frames().frames())
                    .orElse(List.of());
            return frames.isEmpty() ? -1 : frames.getLast().frameNumber();
        } catch (IOException | RuntimeException e) {
            root.require();
            LOG.warn("segment not read path={} cause={}", file.name().path(), e.toString());
            return -1;
        }
    }

    private static List<File> newestFirst(ArchiveRoot root, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> file(root, path))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong((File file) -> file.name().firstFrame())
                            .reversed())
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private static Optional<File> file(ArchiveRoot root, Path path) {
        return SegmentName.parse(root.path().relativize(path)).map(name -> new File(name, path));
    }
}
