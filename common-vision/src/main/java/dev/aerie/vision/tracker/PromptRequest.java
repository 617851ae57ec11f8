package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.track.Prompt.Click;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A user's request to track or correct one object in one frame.
///
/// - `object`: its identity; empty for a new one
/// - `label`: empty leaves it unchanged
/// - `clicks`, `box`, `mask`: in pixels of that frame; at least one of them, the mask alone
public record PromptRequest(
        OptionalLong object, Optional<String> label, List<Click> clicks, Optional<Box> box, Optional<BinaryMask> mask) {

    public PromptRequest {
        clicks = List.copyOf(clicks);
        if (mask.isPresent() == (box.isPresent() || !clicks.isEmpty())) {
            throw new IllegalArgumentException("a prompt is either a mask, or clicks, a box, or both");
        }
    }

    /// As prompts for the object `id`.
    List<Prompt> toPrompts(long id) {
        var prompts = new ArrayList<Prompt>();
        box.ifPresent(prompt -> prompts.add(new Prompt.BoxPrompt(id, prompt)));
        mask.ifPresent(prompt -> prompts.add(new Prompt.MaskPrompt(id, prompt)));
        if (!clicks.isEmpty()) {
            prompts.add(new Prompt.PointPrompt(id, clicks));
        }
        return prompts;
    }

    /// As messages name what started the track.
    String promptName() {
        return mask.isPresent() ? "mask" : box.isPresent() ? "box" : "point";
    }
}
