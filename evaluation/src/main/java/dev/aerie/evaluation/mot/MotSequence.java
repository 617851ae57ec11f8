package dev.aerie.evaluation.mot;

import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One labelled video: the detections to track and the true boxes, without frames.
///
/// - `frame`: the size of its frames, where `seqinfo.ini` gives it
public record MotSequence(String name, List<MotBox> detections, List<MotBox> truth, Optional<FrameSize> frame) {

    public MotSequence {
        detections = List.copyOf(detections);
        truth = List.copyOf(truth);
    }

    /// Of frames of unknown size.
    public MotSequence(String name, List<MotBox> detections, List<MotBox> truth) {
        this(name, detections, truth, Optional.empty());
    }

    /// Reads `det.txt`, `gt.txt` and, where it is there, `seqinfo.ini` of `directory`; true boxes whose seventh column
    /// is 0 do not count.
    public static MotSequence read(Path directory) throws IOException {
        var truth = boxes(directory.resolve("gt.txt")).stream()
                .filter(box -> box.score() != 0)
                .toList();
        return new MotSequence(
                directory.getFileName().toString(),
                boxes(directory.resolve("det.txt")),
                truth,
                frameSize(directory.resolve("seqinfo.ini")));
    }

    /// Every sequence in `directory`, by name.
    public static List<MotSequence> readAll(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            var sequences = new ArrayList<MotSequence>();
            for (Path child : children.sorted().toList()) {
                if (Files.exists(child.resolve("det.txt")) && Files.exists(child.resolve("gt.txt"))) {
                    sequences.add(read(child));
                }
            }
            return sequences;
        }
    }

    /// Detections by frame, from 1.
    Map<Integer, List<MotBox>> detectionsByFrame() {
        return byFrame(detections);
    }

    /// Pairs truth and result for scoring.
    List<MotFrame> beside(List<MotBox> found) {
        var truthByFrame = byFrame(truth);
        var foundByFrame = byFrame(found);
        return IntStream.rangeClosed(1, lastFrame())
                .mapToObj(frame -> MotFrame.of(
                        truthByFrame.getOrDefault(frame, List.of()), foundByFrame.getOrDefault(frame, List.of())))
                .toList();
    }

    /// Number of its last frame with a detection or a true box; 0 without any.
    int lastFrame() {
        return Stream.concat(detections.stream(), truth.stream())
                .mapToInt(MotBox::frame)
                .max()
                .orElse(0);
    }

    private static Map<Integer, List<MotBox>> byFrame(List<MotBox> boxes) {
        return boxes.stream().collect(Collectors.groupingBy(MotBox::frame));
    }

    private static List<MotBox> boxes(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).map(MotBox::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<FrameSize> frameSize(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var entries = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            entries.load(reader);
        }
        String width = entries.getProperty("imWidth", "");
        String height = entries.getProperty("imHeight", "");
        try {
            return Optional.of(new FrameSize(Integer.parseInt(width.strip()), Integer.parseInt(height.strip())));
        } catch (NumberFormatException e) {
            throw new IOException(
                    file + ": expected imWidth and imHeight in pixels, was '" + width + "' and '" + height + "'", e);
        }
    }
}
