package dev.aerie.ptz.aim;

import java.util.List;

/// What a camera is to do by itself.
public sealed interface AimMode {

    /// Nothing: a person moves it.
    record Manual() implements AimMode {}

    /// Keeps one target in the middle of the frame.
    record FollowOne(TargetSelector selector) implements AimMode {}

    /// Keeps everyone in the frame: the box round all boxes, without outliers.
    record FrameGroup() implements AimMode {}

    /// Follows the fastest, by its angular speed before the camera.
    record FollowRunner() implements AimMode {}

    /// Stays where it points.
    record Hold() implements AimMode {}

    /// Visits presets in turn, see [PresetTour].
    record Tour(List<TourStop> stops) implements AimMode {
        public Tour {
            stops = List.copyOf(stops);
            if (stops.isEmpty()) {
                throw new IllegalArgumentException("a tour has at least one stop");
            }
        }
    }

    /// Its name in settings and messages.
    default String key() {
        return switch (this) {
            case Manual _ -> "manual";
            case FollowOne _ -> "follow";
            case FrameGroup _ -> "group";
            case FollowRunner _ -> "runner";
            case Hold _ -> "hold";
            case Tour _ -> "tour";
        };
    }
}
