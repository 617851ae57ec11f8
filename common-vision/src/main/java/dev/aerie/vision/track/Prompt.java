package dev.aerie.vision.track;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.vision.mask.BinaryMask;
import java.util.List;

/// Says in one frame what an object is: by clicks, a box or a mask, in pixels of that frame.
///
/// An object that is not followed yet begins so; one that is followed is corrected. Several prompts of the
/// same object in one call count together: a box with a click that takes something out of it. A mask stands
/// alone. Words are no prompt: a text detector turns them into boxes first.
public sealed interface Prompt {

    /// Whose it is: an identity that the caller gives, from 1, never given to another object of the stream.
    long object();

    /// A place that belongs to the object (`positive`), or one that does not.
    record Click(Point point, boolean positive) {}

    /// Clicks: at least one; for an object that is not followed yet, at least one positive.
    record PointPrompt(long object, List<Click> clicks) implements Prompt {

        public PointPrompt {
            clicks = List.copyOf(clicks);
            if (clicks.isEmpty()) {
                throw new IllegalArgumentException("a point prompt has at least one click");
            }
        }
    }

    /// The object fills this box.
    record BoxPrompt(long object, Box box) implements Prompt {

        public BoxPrompt {
            if (!(box.areaPixels() > 0)) {
                throw new IllegalArgumentException("a box prompt has an area, was " + box);
            }
        }
    }

    /// The object is exactly these pixels.
    record MaskPrompt(long object, BinaryMask mask) implements Prompt {

        public MaskPrompt {
            if (mask.isEmpty()) {
                throw new IllegalArgumentException("a mask prompt has at least one pixel");
            }
        }
    }
}
