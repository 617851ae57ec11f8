package dev.aerie.frames.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.vision.track.Prompt;
import java.util.List;

/// Something in a frame that may be worth following.
///
/// - `place`: in pixels of the frame
/// - `label`: what it is called
/// - `score`: how sure the finder is of it, 0..1
/// - `finder`: what found it, as messages name it in `prompt`: `auto_grid`, `motion`, `detector`, `text:red car`
public record Candidate(Location location, String label, double score, String source) {

    /// What finds whatever moves.
    public static final String MOTION = "motion";

    /// Where a candidate is.
    public sealed interface Location {

        /// It fills this box.
        record InBox(Box box) implements Location {}

        /// It is whatever lies here.
        record AtPoint(Point point) implements Location {}
    }

    /// As a prompt for the object `id`.
    public Prompt toPrompt(long id) {
        return switch (location) {
            case Location.InBox(Box box) -> new Prompt.BoxPrompt(id, box);
            case Location.AtPoint(Point point) -> new Prompt.PointPrompt(id, List.of(new Prompt.Click(point, true)));
        };
    }
}
