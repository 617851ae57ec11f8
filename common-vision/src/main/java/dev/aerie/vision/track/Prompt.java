package dev.aerie.vision.track;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.vision.mask.BinaryMask;
import java.util.List;

/// Designates an object in one frame: by clicks, a box or a mask, in pixels of that frame.
///
/// It starts a new object or corrects a known one. Several prompts of the
/// same object in one call count together: a box with a click that takes something out of it. A mask stands
/// alone. Words are not a prompt: a text detector converts them to boxes first.
public sealed interface Prompt {

    /// The object's identity, which the caller assigns, from 1, never reused in the stream.
    long object();

    /// A point on the object (`positive`), or one off it.
    record Click(Point point, boolean positive) {}

    /// Clicks: at least one; for a new object, at least one positive.
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
