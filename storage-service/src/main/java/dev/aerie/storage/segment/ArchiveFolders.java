package dev.aerie.storage.segment;

import dev.aerie.messages.FrameId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Walks the folders of the archive: `<stream>/<session>` and `<stream>/overlay/<session>`. An unreadable folder
/// hides its own contents only; a folder that vanishes during the walk counts as empty; folders whose names are not
/// valid stream names are ignored. Safe for any thread.
public final class ArchiveFolders {

    private static final String FAULT = "folder unreadable";
    private static final String OVERLAY = "overlay";

    private final ArchiveRoot root;
    private final RateLimitedLog faults;
    private final Lister lister;
    private final AtomicLong unreadable = new AtomicLong();

    /// Lists the contents of a folder.
    interface Lister {
        List<Path> list(Path folder) throws IOException;
    }

    public ArchiveFolders(ArchiveRoot root, RateLimitedLog faults) {
        this(root, faults, ArchiveFolders::listed);
    }

    ArchiveFolders(ArchiveRoot root, RateLimitedLog faults, Lister lister) {
        this.root = root;
        this.faults = faults;
        this.lister = lister;
    }

    /// The result of a walk.
    ///
    /// - `files`: every file in the folders of streams and sessions, by path; without the contents of snapshot
    ///   folders
    /// - `unread`: folders that could not be read, so that their contents are unknown
    public record Found(List<Path> files, List<Path> unread) {

        public Found {
            files = List.copyOf(files);
            unread = List.copyOf(unread);
        }

        /// Whether a file that was not found may exist nevertheless.
        boolean mayHold(Path file) {
            return unread.stream().anyMatch(file::startsWith);
        }
    }

    /// Walks the whole archive. Throws [IOException] if the archive itself cannot be read.
    public Found walk() throws IOException {
        root.require();
        var walk = new Walk();
        for (Path stream : lister.list(root.path())) {
            if (FrameId.isStreamName(stream.getFileName().toString()) && Files.isDirectory(stream)) {
                walk.stream(stream);
            }
        }
        return new Found(walk.files, walk.unread);
    }

    /// Number of failed attempts to read a folder since the start.
    public long unreadable() {
        return unreadable.get();
    }

    private final class Walk {

        private final List<Path> files = new ArrayList<>();
        private final List<Path> unread = new ArrayList<>();

        void stream(Path stream) {
            for (Path inside : content(stream)) {
                if (inside.getFileName().toString().equals(OVERLAY)) {
                    content(inside).forEach(this::session);
                } else {
                    session(inside);
                }
            }
        }

        private void session(Path session) {
            files.addAll(Files.isDirectory(session) ? content(session) : List.of(session));
        }

        private List<Path> content(Path folder) {
            try {
                List<Path> content = lister.list(folder);
                faults.over(FAULT, name(folder));
                return content;
            } catch (NoSuchFileException | NotDirectoryException _) {
                return List.of(); // it has just been removed
            } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
                unreadable.incrementAndGet();
                unread.add(folder);
                faults.fault(FAULT, name(folder), e.toString());
                return List.of();
            }
        }
    }

    private String name(Path folder) {
        return root.relativize(folder);
    }

    static List<Path> listed(Path folder) throws IOException {
        try (var content = Files.list(folder)) {
            return content.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
