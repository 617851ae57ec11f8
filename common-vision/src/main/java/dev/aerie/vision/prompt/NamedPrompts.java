package dev.aerie.vision.prompt;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Proposes the detections whose label is one of a stream's words. Replaces a text detector where none is installed.
/// Owns the detector's strategy.
final class NamedPrompts implements PromptStrategy {

    private static final Pattern ENDS = Pattern.compile("[.,;]");

    private final PromptStrategy detector;
    private final TextQuery words;

    NamedPrompts(PromptStrategy detector, TextQuery words) {
        this.detector = detector;
        this.words = words;
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) throws ModelException {
        List<String> names = names(words.words());
        return detector.propose(frame).stream()
                .filter(candidate -> isNamed(candidate.label(), names))
                .toList();
    }

    @Override
    public List<Detection> detections() {
        List<String> names = names(words.words());
        return detector.detections().stream()
                .filter(detection -> isNamed(detection.label(), names))
                .toList();
    }

    @Override
    public boolean isExhaustive() {
        return detector.isExhaustive();
    }

    @Override
    public void close() {
        detector.close();
    }

    private static boolean isNamed(String label, List<String> names) {
        return names.contains(label.toLowerCase(Locale.ROOT));
    }

    /// The names in `red car. person.`: the parts between full stops or commas, in lower case.
    static List<String> names(String words) {
        return Stream.of(ENDS.split(words))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
