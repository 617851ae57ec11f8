package dev.aerie.frames.report;

import dev.aerie.files.PrivateFolder;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Messages;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One JSON file for each frame with objects, as published on the bus: `<stream>-<session>-<frame>.json`. The newest
/// files of the folder are kept.
///
/// Written on a dedicated thread; frames beyond the queue's bound are dropped and counted. Safe for several
/// threads; owns its thread until [#close].
public final class DetectionFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DetectionFiles.class);
    private static final int MAX_PENDING = 64;
    private static final String ENDING = ".json";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Path folder;
    private final int max;
    private final BlockingQueue<Work> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private final AtomicLong dropped = new AtomicLong();
    private final Deque<Path> written;
    private final BackgroundThread worker;

    private sealed interface Work {
        record Write(FrameResult result) implements Work {}

        record End() implements Work {}
    }

    private DetectionFiles(Path folder, int max, Deque<Path> written) {
        this.folder = folder;
        this.max = max;
        this.written = written;
        this.worker = BackgroundThread.of("detection-files", this::work);
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
            var files = new DetectionFiles(folder, max, old);
            files.worker.start();
            return files;
        }
    }

    /// Takes a processed frame; the frame itself is not kept.
    public void take(ProcessedFrame processed) {
        if (!processed.result().objects().isEmpty() && !pending.offer(new Work.Write(processed.result()))) {
            dropped.incrementAndGet();
        }
    }

    /// Writes what waits, then ends.
    @Override
    public void close() {
        try {
            pending.put(new Work.End());
            if (!worker.finish(CLOSE_LIMIT)) {
                LOG.warn("detection files do not end waitedSeconds={}", CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (dropped.get() > 0) {
            LOG.warn("detections not written files={}", dropped.get());
        }
    }

    private void work() throws InterruptedException {
        while (pending.take() instanceof Work.Write(FrameResult result)) {
            write(result);
        }
    }

    private void write(FrameResult result) {
        var id = result.envelope().frameId();
        Path file = folder.resolve(
                "%s-%s-%010d%s".formatted(id.stream().replace('/', '_'), id.session(), id.frameNumber(), ENDING));
        try {
            Files.write(file, Messages.write(result));
            written.addLast(file);
            while (written.size() > max) {
                Files.deleteIfExists(written.removeFirst());
            }
        } catch (IOException e) {
            dropped.incrementAndGet();
            LOG.warn("detections not written stream={} cause={}", id.stream(), e.getMessage());
        }
    }
}
