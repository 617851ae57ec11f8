package dev.aerie.frames.report;

import dev.aerie.files.PrivateFolder;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/// One JSON file for each frame with objects, as published on the bus: `<stream>-<session>-<frame>.json`. The newest
/// files of the folder are kept.
///
/// Written by a [WriteQueue]. Safe for several threads.
public final class DetectionFiles implements AutoCloseable {

    private static final int MAX_PENDING = 64;
    private static final String ENDING = ".json";

    private final Path folder;
    private final int max;
    private final Deque<Path> written;
    private final WriteQueue<FrameResult> queue;

    private DetectionFiles(Path folder, int max, Deque<Path> written) {
        this.folder = folder;
        this.max = max;
        this.written = written;
        queue = new WriteQueue<>("detection-files", MAX_PENDING, this::write);
    }

    /// - `folder`: created where it is missing; what lies there already counts
    /// - `most`: files, at least 1
    public static DetectionFiles open(Path folder, int max) throws IOException {
        var _ = PrivateFolder.create(folder);
        try (Stream<Path> found = Files.list(folder)) {
            var old = new ArrayDeque<>(found.filter(file -> file.toString().endsWith(ENDING))
                    .sorted((one, other) -> Long.compare(
                            one.toFile().lastModified(), other.toFile().lastModified()))
                    .toList());
            return new DetectionFiles(folder, max, old);
        }
    }

    /// Takes a processed frame; the frame itself is not kept.
    public void take(ProcessedFrame processed) {
        if (!processed.result().objects().isEmpty()) {
            boolean _ = queue.offer(processed.result());
        }
    }

    /// Writes what waits, then ends.
    @Override
    public void close() {
        queue.close();
    }

    private void write(FrameResult result) throws IOException {
        var id = result.envelope().frameId();
        Path file = folder.resolve(
                "%s-%s-%010d%s".formatted(id.stream().replace('/', '_'), id.session(), id.frameNumber(), ENDING));
        Files.write(file, Messages.write(result));
        written.addLast(file);
        while (written.size() > max) {
            Files.deleteIfExists(written.removeFirst());
        }
    }
}
