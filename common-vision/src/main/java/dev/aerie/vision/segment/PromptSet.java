package dev.aerie.vision.segment;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The prompts of one object in one frame: a mask alone, or a box, clicks, or both.
record PromptSet(Optional<BinaryMask> mask, Optional<Box> box, List<Prompt.Click> clicks) {

    PromptSet {
        clicks = List.copyOf(clicks);
    }

    /// Merges prompts of one object; of several boxes the last counts. Throws [IllegalArgumentException] for a mask
    /// together with other prompts, and for one that is of another size than `size`.
    static PromptSet of(List<Prompt> prompts, FrameSize size) {
        Optional<BinaryMask> mask = Optional.empty();
        Optional<Box> box = Optional.empty();
        var clicks = new ArrayList<Prompt.Click>();
        for (var prompt : prompts) {
            switch (prompt) {
                case Prompt.MaskPrompt said -> mask = Optional.of(said.mask());
                case Prompt.BoxPrompt said -> box = Optional.of(said.box());
                case Prompt.PointPrompt said -> clicks.addAll(said.clicks());
            }
        }
        if (mask.isPresent() && prompts.size() > 1) {
            throw new IllegalArgumentException("a mask must be the only prompt of its object");
        }
        if (mask.isPresent() && !mask.get().size().equals(size)) {
            throw new IllegalArgumentException("a mask of " + mask.get().size() + " does not fit a frame of " + size);
        }
        return new PromptSet(mask, box, clicks);
    }

    /// Whether any prompt is on the object.
    boolean hasForeground() {
        return mask.isPresent() || box.isPresent() || clicks.stream().anyMatch(Prompt.Click::positive);
    }

    /// Whether the prompt is a mask.
    boolean isExact() {
        return mask.isPresent();
    }
}
