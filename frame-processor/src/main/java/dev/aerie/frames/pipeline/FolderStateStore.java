package dev.aerie.frames.pipeline;

import dev.aerie.files.PrivateFolder;
import dev.aerie.vision.tracker.SavedTracks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves the state of streams in a folder that the replicas share, one file per stream, replaced atomically.
public final class FolderStateStore implements StateStore {

    private static final Logger LOG = LoggerFactory.getLogger(FolderStateStore.class);

    private final Path folder;

    /// - `folder`: created where it is missing
    public FolderStateStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public Optional<SavedTracks> load(String stream) {
        try (var in = Files.newInputStream(fileOf(stream))) {
            return Optional.of(SavedTracks.read(in));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("state not read stream={} cause={}", stream, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void save(String stream, SavedTracks tracks) {
        Path file = fileOf(stream);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            var _ = PrivateFolder.create(folder);
            try (var out = Files.newOutputStream(part)) {
                tracks.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("state not kept stream={} cause={}", stream, e.getMessage());
        }
    }

    private Path fileOf(String stream) {
        return folder.resolve(stream.replace('/', '_') + ".state");
    }
}
