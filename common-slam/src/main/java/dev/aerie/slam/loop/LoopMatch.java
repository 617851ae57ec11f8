package dev.aerie.slam.loop;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Match;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

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

    /// With the scale between the two: the median ratio of depths, of features whose landmarks both worlds know; empty
    /// where fewer than `minRatios` do.
    static Optional<LoopMatch> of(
            Keyframe keyframe, Keyframe older, PlaceProjection.Found found, List<Landmark> around, int minRatios) {
        var pose = found.cameraFromWorld();
        double[] ratios = found.matches().stream()
                .filter(match -> keyframe.landmark(match.feature()).isPresent())
                .mapToDouble(match -> depthRatio(keyframe, pose, match))
                .filter(ratio -> ratio > 0)
                .sorted()
                .toArray();
        if (ratios.length < minRatios) {
            return Optional.empty();
        }
        double scale = ratios[ratios.length / 2];
        var similarity = new Sim3(pose.rotation(), pose.translation().times(scale), scale);
        return Optional.of(new LoopMatch(keyframe, older, similarity, found.matches(), around));
    }

    private static double depthRatio(Keyframe keyframe, RigidTransform pose, Match match) {
        var known = keyframe.landmark(match.feature()).orElseThrow();
        return keyframe.cameraFromWorld().apply(known.position()).z()
                / pose.apply(match.landmark().position()).z();
    }

    /// What a keyframe and its best neighbours see.
    static List<Landmark> around(Keyframe keyframe, int neighbours) {
        var around = new LinkedHashSet<>(keyframe.landmarks());
        keyframe.covisibility().best(neighbours).forEach(neighbour -> around.addAll(neighbour.landmarks()));
        return List.copyOf(around);
    }

    /// What takes the newer one's surroundings to where the loop says that they are.
    Sim3 worldChange() {
        return currentFromWorld.inverse().times(Sim3.of(current.cameraFromWorld()));
    }

    /// By how many radians the loop tilts the newer one's surroundings.
    ///
    /// - `up`: of length 1
    double tilt(Vector3 up) {
        return StrictMath.acos(Math.clamp(worldChange().rotation().apply(up).dot(up), -1, 1));
    }

    /// This loop without tilt and change of scale: the newer one comes to lie at the same place, turned about the
    /// vertical alone.
    ///
    /// - `up`: of length 1
    LoopMatch upright(Vector3 up) {
        var change = worldChange().rotation().toQuaternion();
        double turn = 2 * StrictMath.atan2(new Vector3(change.x(), change.y(), change.z()).dot(up), change.w());
        var rotation = current.cameraFromWorld()
                .rotation()
                .times(Rotation.exp(up.times(-turn)))
                .orthonormal();
        var place = currentFromWorld.toRigid().originOfTarget();
        var pose = new Sim3(rotation, rotation.apply(place).times(-1), 1);
        return new LoopMatch(current, older, pose, matches, olderLandmarks);
    }

    /// Where a keyframe of the newer one's surroundings lies in the older one's world, as rigid as the map has the two.
    RigidTransform guessOf(Keyframe keyframe) {
        var fromCurrent =
                keyframe.cameraFromWorld().times(current.cameraFromWorld().inverse());
        return Sim3.of(fromCurrent).times(currentFromWorld).toRigid();
    }
}
