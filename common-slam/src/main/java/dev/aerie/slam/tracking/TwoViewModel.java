package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import java.util.List;

/// How two frames are related, as fitted by RANSAC.
///
/// - `score`: how well it explains the pairs; comparable between kinds of models
/// - `explained`: indices of the pairs it explains
/// - `motions`: `secondFromFirst` it may stand for; translations are of length 1 or, for planes, in distances
///   to the plane
record TwoViewModel(double score, List<Integer> inliers, List<RigidTransform> motions) {

    /// Squared errors below which a pair is explained, in pixels² at 95 %: for a line and for a point.
    static final double LINE_CHI2 = 3.841;

    static final double POINT_CHI2 = 5.991;
}
