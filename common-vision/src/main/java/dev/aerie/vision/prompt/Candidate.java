package dev.aerie.vision.prompt;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.messages.TrackedObject;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.track.Prompt;
import java.util.List;
import java.util.Optional;

/// A possible object in a frame that a strategy proposes for tracking.
///
/// - `location`: in pixels of the frame
/// - `score`: of the proposal, 0..1
/// - `source`: what proposed it, as messages name it in `prompt`: `auto_grid`, `motion`, `detector`, `text:red car`
/// - `mask`: of the object, where the detector has one; coarse
public record Candidate(Location location, String label, double score, String source, Optional<MaskLogits> mask) {

    /// The source that proposes moving objects.
    public static final String MOTION = TrackedObject.FOUND_BY_MOTION;

    /// Position of a candidate.
    public sealed interface Location {

        /// It fills this box.
        record InBox(Box box) implements Location {}

        /// It has these pixels: all that its detector marks in one place, which may be a part of the object, or several
        /// objects that touch.
        record InRegion(BinaryMask pixels) implements Location {}

        /// It covers this point.
        record AtPoint(Point point) implements Location {}
    }

    /// Without a mask.
    public Candidate(Location location, String label, double score, String source) {
        this(location, label, score, source, Optional.empty());
    }

    /// As this, with other pixels.
    public Candidate withPixels(BinaryMask pixels) {
        return new Candidate(new Location.InRegion(pixels), label, score, source, mask);
    }

    /// The box round it; empty where only a point is known.
    public Optional<Box> box() {
        return switch (location) {
            case Location.InBox(Box box) -> Optional.of(box);
            case Location.InRegion(BinaryMask pixels) -> Optional.of(pixels.box());
            case Location.AtPoint _ -> Optional.empty();
        };
    }

    /// As a mask prompt for the object `id`, where it has a mask; else as [#toPrompt].
    ///
    /// - `size`: of the frame
    public Prompt toMaskPrompt(long id, FrameSize size) {
        if (location instanceof Location.InRegion(BinaryMask pixels)) {
            return new Prompt.MaskPrompt(id, pixels);
        }
        return mask.map(logits -> logits.toFrame(size))
                .filter(pixels -> !pixels.isEmpty())
                .<Prompt>map(pixels -> new Prompt.MaskPrompt(id, pixels))
                .orElseGet(() -> toPrompt(id));
    }

    /// As a prompt for the object `id`, by its location.
    public Prompt toPrompt(long id) {
        return switch (location) {
            case Location.InBox(Box box) -> new Prompt.BoxPrompt(id, box);
            case Location.InRegion(BinaryMask pixels) -> new Prompt.BoxPrompt(id, pixels.box());
            case Location.AtPoint(Point point) -> new Prompt.PointPrompt(id, List.of(new Prompt.Click(point, true)));
        };
    }
}
