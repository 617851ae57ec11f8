package dev.aerie.evaluation.mot;

import dev.aerie.messages.TrackState;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.motion.CameraMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One labelled video: the detections to track and the true boxes, without frames.
public record MotSequence(String name, List<MotBox> detections, List<MotBox> truth) {

    private static final String LABEL = "person";

    public MotSequence {
        detections = List.copyOf(detections);
        truth = List.copyOf(truth);
    }

    /// Reads `det.txt` and `gt.txt` of `directory`; true boxes whose seventh column is 0 do not count.
    public static MotSequence read(Path directory) throws IOException {
        var truth = boxes(directory.resolve("gt.txt")).stream()
                .filter(box -> box.score() != 0)
                .toList();
        return new MotSequence(directory.getFileName().toString(), boxes(directory.resolve("det.txt")), truth);
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

    /// Runs `tracker`, which is fresh, on the detections; returns its confirmed objects by frame.
    public List<MotBox> track(ByteTrack tracker) {
        var byFrame = byFrame(detections);
        var found = new ArrayList<MotBox>();
        for (int frame = 1; frame <= lastFrame(); frame++) {
            var seen = byFrame.getOrDefault(frame, List.of()).stream()
                    .map(box -> new Detection(box.box(), LABEL, Math.clamp(box.score(), 0.0, 1.0)))
                    .toList();
            for (var track : tracker.update(seen, CameraMotion.NONE, 1, Optional.empty())) {
                if (track.state() == TrackState.CONFIRMED) {
                    found.add(new MotBox(frame, track.id(), track.box(), track.score()));
                }
            }
        }
        return found;
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

    private int lastFrame() {
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
}
