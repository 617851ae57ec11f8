package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Profiles a model's first run with ONNX Runtime and reads its [Placement]. Safe for several threads.
final class PlacementProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlacementProbe.class);

    private final String model;
    private final Path folder;
    private final AtomicBoolean isRead = new AtomicBoolean();
    private volatile @Nullable Placement placement;

    private PlacementProbe(String model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    /// Enables profiling of the session that will be created with `options`.
    static PlacementProbe arm(String model, SessionOptions options) throws ModelException, OrtException {
        try {
            Path folder = Files.createTempDirectory("aerie-placement-");
            options.enableProfiling(folder.resolve("run").toString());
            return new PlacementProbe(model, folder);
        } catch (IOException e) {
            throw new ModelException("model " + model + ": no room for its profile: " + e.getMessage(), e);
        }
    }

    /// Called after each run; reads the profile after the first.
    void afterRun(OrtSession session) {
        if (isRead.getAndSet(true)) {
            return;
        }
        try {
            Path profile = Path.of(session.endProfiling());
            Placement read = Placement.read(profile);
            Files.deleteIfExists(profile);
            placement = read;
            LOG.info("model placed model={} operations={} onProcessor={}", model, read, read.onCpu());
        } catch (OrtException | IOException e) {
            LOG.warn("model placed model={} operations=unknown cause={}", model, e.getMessage());
        }
    }

    /// Empty before the first run.
    Optional<Placement> placement() {
        return Optional.ofNullable(placement);
    }

    /// Deletes the profile; called after the session was closed, which writes one if no run was made.
    @Override
    public void close() {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.warn("profile not deleted model={} cause={}", model, e.getMessage());
        }
    }
}
