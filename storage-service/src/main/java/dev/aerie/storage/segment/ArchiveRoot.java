package dev.aerie.storage.segment;

import dev.aerie.files.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The root folder of the archive, which may disappear and return.
///
/// A file `.aerie-archive` marks it. A folder without this file, on another disk than before, is the mount point of a
/// missing disk: nothing is written there. A folder that was deleted from the same disk is created again after some
/// time. Safe for any thread.
public final class ArchiveRoot {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveRoot.class);
    private static final String MARK = ".aerie-archive";
    private static final Duration MADE_AGAIN_AFTER = Duration.ofSeconds(5);

    private final Path root;
    private final Duration madeAgainAfter;
    private @Nullable Object disk;
    private long goneSinceNanos;
    private volatile String failureCause = "not checked yet";

    public ArchiveRoot(Path root) {
        this(root, MADE_AGAIN_AFTER);
    }

    ArchiveRoot(Path root, Duration madeAgainAfter) {
        this.root = root.toAbsolutePath().normalize();
        this.madeAgainAfter = madeAgainAfter;
    }

    /// - `set`: the folder that the operator configured
    public static Path folder(Optional<Path> set) {
        return set.orElseGet(() -> Path.of(System.getProperty("user.home"), ".aerie", "archive"));
    }

    public Path path() {
        return root;
    }

    /// - `relative`: path from the root, with `/`
    public Path resolve(String relative) {
        return root.resolve(relative);
    }

    /// Path from the root, with `/`.
    public String relativize(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /// Why the archive cannot be written; empty if it can, as far as is known.
    public String failureCause() {
        return failureCause;
    }

    /// Checks whether the folder is there, and creates it if allowed; returns whether it is there. Called
    /// periodically.
    public synchronized boolean check() {
        String before = failureCause;
        try {
            failureCause = currentFailure();
        } catch (IOException | UnsupportedOperationException e) {
            failureCause = "the archive's folder cannot be used: " + e.getMessage();
        }
        if (!failureCause.equals(before)) {
            LOG.info("archive folder {}", failureCause.isEmpty() ? "available" : "unavailable cause=" + failureCause);
        }
        return failureCause.isEmpty();
    }

    /// Throws [IOException] unless the marked folder is there; otherwise nothing may be created below it.
    void require() throws IOException {
        if (!Files.exists(root.resolve(MARK))) {
            throw new IOException("the archive's folder is gone");
        }
    }

    private String currentFailure() throws IOException {
        if (Files.exists(root.resolve(MARK))) {
            goneSinceNanos = 0;
            disk = disk(root);
            return "";
        }
        if (disk == null) {
            make();
            return "";
        }
        if (!Objects.equals(disk, disk(nearest()))) {
            return "the disk of the archive is not there";
        }
        long now = System.nanoTime();
        goneSinceNanos = goneSinceNanos == 0 ? now : goneSinceNanos;
        if (now - goneSinceNanos < madeAgainAfter.toNanos()) {
            return "the archive's folder is gone";
        }
        make();
        return "";
    }

    private void make() throws IOException {
        var _ = PrivateFolder.create(root);
        Files.writeString(root.resolve(MARK), "The folder of an archive of Aerie.\n");
        disk = disk(root);
        goneSinceNanos = 0;
    }

    private Path nearest() {
        Path at = root;
        while (!Files.isDirectory(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private static Object disk(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:dev");
    }
}
