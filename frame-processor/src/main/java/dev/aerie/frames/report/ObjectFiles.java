package dev.aerie.frames.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.files.PrivateFolder;
import dev.aerie.files.WholeFile;
import dev.aerie.frames.crop.Crop;
import dev.aerie.frames.crop.Enhancer;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Messages;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What objects look like, as files of `enhanced_objects/<stream>/<session>`: for each object its best crop
/// (`object_000007.jpg`), the image made of several (`object_000007_enhanced.jpg`), which frames these are
/// (`object_000007.json`), and what it was identified as (`object_000007_identification.json`, as published). The
/// newest objects of the folder are kept.
///
/// Written by a [WriteQueue]. Safe for several threads.
public final class ObjectFiles implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_PENDING = 16;
    private static final Pattern CROP_OR_IDENTIFICATION =
            Pattern.compile("(object_\\d+)(_identification\\.json|\\.jpg)");

    /// Root, stream, session, file.
    private static final int DEPTH = 3;

    private final Path root;
    private final int max;

    /// What the names of an object's files begin with, in the order in which the objects came.
    private final SequencedSet<Path> kept;

    private final WriteQueue<Work> queue;

    private sealed interface Work {
        record Crops(Subject subject, List<Crop> crops) implements Work {}

        record Identified(Identification identification) implements Work {}
    }

    /// An object of one session.
    public record Subject(String stream, String session, long object, String label) {}

    private record Description(
            String stream,
            String session,
            @JsonProperty("object_id") long objectId,
            String label,
            List<SeenIn> crops) {}

    private record SeenIn(
            @JsonProperty("frame_number") long frameNumber,
            @JsonProperty("capture_time_ns") long captureTimeNanos,
            int width,
            int height) {}

    private ObjectFiles(Path root, int max, SequencedSet<Path> kept) {
        this.root = root;
        this.max = max;
        this.kept = kept;
        queue = new WriteQueue<>("object-files", MAX_PENDING, this::write);
    }

    /// - `storage`: in which `enhanced_objects` is created where it is missing; what lies there already counts
    /// - `max`: objects, at least 1
    public static ObjectFiles open(Path storage, int max) throws IOException {
        var root = PrivateFolder.create(storage.resolve("enhanced_objects"));
        return new ObjectFiles(root, max, found(root));
    }

    /// Oldest first.
    private static SequencedSet<Path> found(Path root) throws IOException {
        var found = new LinkedHashSet<Path>();
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            files.sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()))
                    .forEach(file -> {
                        var name = CROP_OR_IDENTIFICATION.matcher(
                                file.getFileName().toString());
                        if (name.matches()) {
                            found.add(file.resolveSibling(name.group(1)));
                        }
                    });
        }
        return found;
    }

    /// Replaces what is there of an object; returns whether it is going to be written.
    ///
    /// - `crops`: best first, at least one
    boolean offer(Subject subject, List<Crop> crops) {
        return queue.offer(new Work.Crops(subject, crops));
    }

    public void offer(Identification identification) {
        boolean _ = queue.offer(new Work.Identified(identification));
    }

    /// Writes what waits, then ends.
    @Override
    public void close() {
        queue.close();
    }

    private void write(Work work) throws IOException {
        switch (work) {
            case Work.Crops(Subject subject, List<Crop> crops) -> {
                var base = newest(subject.stream(), subject.session(), subject.object());
                WholeFile.write(ending(base, ".jpg"), crops.getFirst().toJpeg());
                WholeFile.write(ending(base, "_enhanced.jpg"), Enhancer.enhance(crops));
                WholeFile.write(ending(base, ".json"), describe(subject, crops));
            }
            case Work.Identified(Identification identification) -> {
                var id = identification.envelope().frameId();
                var base = newest(id.stream(), id.session(), identification.objectId());
                WholeFile.write(ending(base, "_identification.json"), Messages.write(identification));
            }
        }
    }

    /// What the names of an object's files begin with, in a folder that is there; others make room for it.
    private Path newest(String stream, String session, long object) throws IOException {
        var base = base(stream, session, object);
        kept.add(base);
        while (kept.size() > max) {
            remove(kept.removeFirst());
        }
        var _ = PrivateFolder.create(above(base));
        return base;
    }

    private void remove(Path base) throws IOException {
        for (var ending : List.of(".jpg", "_enhanced.jpg", ".json", "_identification.json")) {
            Files.deleteIfExists(ending(base, ending));
        }
        for (var folder = above(base); !folder.equals(root); folder = above(folder)) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException _) {
                return; // others are left
            }
        }
    }

    private Path base(String stream, String session, long object) {
        return root.resolve(FrameId.requireStreamName(stream))
                .resolve(FrameId.requireSession(session))
                .resolve("object_%06d".formatted(object));
    }

    private Path above(Path path) {
        var above = path.getParent();
        return above == null ? root : above;
    }

    private static Path ending(Path base, String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }

    private static byte[] describe(Subject subject, List<Crop> crops) throws IOException {
        var seen = crops.stream()
                .map(crop -> new SeenIn(
                        crop.stamp().id().frameNumber(),
                        crop.stamp().captureTimeNanos(),
                        crop.size().widthPixels(),
                        crop.size().heightPixels()))
                .toList();
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(
                        new Description(subject.stream(), subject.session(), subject.object(), subject.label(), seen));
    }
}
