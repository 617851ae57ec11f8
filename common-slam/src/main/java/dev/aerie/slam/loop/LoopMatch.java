package dev.aerie.slam.loop;

import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Match;
import java.util.List;

/// Two keyframes show the same place, though the map has them apart.
///
/// - `currentFromWorld`: where the newer one lies in the older one's world; its scale says how much larger a
///   length is in the newer one's unit
/// - `matches`: which of its features show which of the older one's landmarks
/// - `olderLandmarks`: all that the older one and its neighbours see
record LoopMatch(
        Keyframe current, Keyframe older, Sim3 currentFromWorld, List<Match> matches, List<Landmark> olderLandmarks) {
    LoopMatch {
        matches = List.copyOf(matches);
        olderLandmarks = List.copyOf(olderLandmarks);
    }
}
