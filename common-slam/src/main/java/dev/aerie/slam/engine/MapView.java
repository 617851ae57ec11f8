package dev.aerie.slam.engine;

import dev.aerie.geometry.Vector3;
import java.util.List;

/// The current submap at one moment.
///
/// - `version`: another number for another map
/// - `keyframes`: in the order of their frames
/// - `points`: in the world of the keyframes
public record MapView(long version, int submap, List<FramePose> keyframes, List<Vector3> points) {

    public static final MapView EMPTY = new MapView(0, 0, List.of(), List.of());

    public MapView {
        keyframes = List.copyOf(keyframes);
        points = List.copyOf(points);
    }
}
