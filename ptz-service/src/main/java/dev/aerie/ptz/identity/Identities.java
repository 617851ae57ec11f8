package dev.aerie.ptz.identity;

import dev.aerie.ptz.handoff.IdentitySimilarity;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.reid.Gallery;
import dev.aerie.vision.reid.GalleryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gallery of this service: one for all its cameras. It is read at the start, and kept in a file, once a minute
/// where somebody was seen, and at the end, so that identities survive a restart.
///
/// Safe for several threads. Owns a thread until [#close].
public final class Identities implements IdentitySimilarity, AutoCloseable {

    /// In the folder of the service's state.
    static final String FILE = "identities.gallery";

    private static final Logger LOG = LoggerFactory.getLogger(Identities.class);
    private static final Duration KEEP_EVERY = Duration.ofMinutes(1);

    private final EmbedderChoice embedders;
    private final GalleryFile file;
    private final Gallery gallery;
    private final AtomicLong changes = new AtomicLong();
    private final BackgroundThread keeper = BackgroundThread.every("identities", KEEP_EVERY, this::keep);
    private long kept;
    private boolean warned;

    private Identities(EmbedderChoice embedders, GalleryFile file, Gallery gallery) {
        this.embedders = embedders;
        this.file = file;
        this.gallery = gallery;
    }

    /// Those that were kept in `folder` by the same embedder; none where there are none, or where the file is damaged,
    /// which is logged. Throws [ModelException] where the embedder cannot be opened.
    ///
    /// - `embedders`: lent
    public static Identities open(EmbedderChoice embedders, Path folder) throws ModelException {
        var file = new GalleryFile(folder.resolve(FILE));
        try (var embedder = embedders.open()) {
            return new Identities(
                    embedders, file, file.readOrEmpty(embedder.name(), embedder.dimensions(), embedders.gallery()));
        }
    }

    public void start() {
        keeper.start();
    }

    /// What is to know the tracks of one more stream; the caller closes it.
    public TrackIdentities ofStream() throws ModelException {
        return new TrackIdentities(embedders.open(), embedders::knows, gallery, changes::incrementAndGet);
    }

    @Override
    public OptionalDouble between(String identity, String other) {
        OptionalLong one = number(identity);
        OptionalLong two = number(other);
        return one.isPresent() && two.isPresent()
                ? gallery.similarity(one.getAsLong(), two.getAsLong())
                : OptionalDouble.empty();
    }

    public int size() {
        return gallery.size();
    }

    private static OptionalLong number(String identity) {
        return identity.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(identity)) : OptionalLong.empty();
    }

    private synchronized void keep() {
        long now = changes.get();
        if (now == kept) {
            return;
        }
        try {
            file.write(gallery);
            kept = now;
            warned = false;
        } catch (IOException e) {
            if (!warned) {
                LOG.warn("identities not kept cause={}", e.toString());
            }
            warned = true;
        }
    }

    /// Keeps them a last time.
    @Override
    public void close() {
        keeper.close();
        keep();
    }
}
