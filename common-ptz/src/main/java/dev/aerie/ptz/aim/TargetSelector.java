package dev.aerie.ptz.aim;

import dev.aerie.ptz.camera.ImagePoint;

/// Which one track to follow.
public sealed interface TargetSelector {

    /// The track with this id.
    record ById(long trackId) implements TargetSelector {}

    /// What a person clicked: the smallest box round the point in the next frame, else the nearest one within a
    /// tenth of the frame. The point is that of the frame at the time of the choice.
    record AtPoint(ImagePoint point) implements TargetSelector {}

    /// Whoever the gallery calls so, now or when it appears.
    record ByIdentity(String identity) implements TargetSelector {
        public ByIdentity {
            requireText("identity", identity);
        }
    }

    /// The most interesting one with this label; another of them once it is lost.
    record ByLabel(String label) implements TargetSelector {
        public ByLabel {
            requireText("label", label);
        }
    }

    /// The most interesting one, see [InterestConfig]; another when that has been clearly more interesting for a
    /// while.
    record MostInteresting() implements TargetSelector {}

    /// Whether a person or another camera named this one target: then no other one takes its place.
    default boolean isNamed() {
        return switch (this) {
            case ById _, AtPoint _, ByIdentity _ -> true;
            case ByLabel _, MostInteresting _ -> false;
        };
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
    }
}
