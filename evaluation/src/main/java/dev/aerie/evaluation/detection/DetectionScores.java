package dev.aerie.evaluation.detection;

import dev.aerie.messages.Box;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// How many detections are right, how many objects were missed. Adds up over frames.
///
/// A detection is right that overlaps by an IoU of at least 0.5 with an object that is to be found; each object takes
/// one detection, so a second one on it is wrong. A detection left over counts as neither where it overlaps as much
/// with an object that need not be found, or lies on such a one by half of its area or more. All others are wrong.
///
/// - `right`: detections that found an object
/// - `wrong`: detections that found none
/// - `missed`: objects to be found that no detection found
/// - `named`: right detections of a detector that names classes
/// - `rightlyNamed`: those with the label of their object
public record DetectionScores(long right, long wrong, long missed, long named, long rightlyNamed) {

    public static final DetectionScores NONE = new DetectionScores(0, 0, 0, 0, 0);

    private static final double MIN_OVERLAP = 0.5;
    private static final double MIN_SHARE_ON = 0.5;
    private static final double ROUNDING = 1e-9;

    /// Of one frame.
    public static DetectionScores of(List<TrueObject> truth, List<Detection> detections) {
        var wanted = truth.stream().filter(TrueObject::isToBeFound).toList();
        var optional = truth.stream().filter(object -> !object.isToBeFound()).toList();
        int[] foundBy = match(wanted, detections);
        var left = new ArrayList<>(detections);
        long right = 0;
        long named = 0;
        long rightlyNamed = 0;
        for (int i = 0; i < foundBy.length; i++) {
            if (foundBy[i] >= 0) {
                var detection = detections.get(foundBy[i]);
                left.remove(detection);
                right++;
                named += detection.label().equals(MotionDetector.LABEL) ? 0 : 1;
                rightlyNamed += detection.label().equals(wanted.get(i).label()) ? 1 : 0;
            }
        }
        long wrong = left.stream()
                .filter(detection -> optional.stream().noneMatch(object -> isOn(detection.box(), object.box())))
                .count();
        return new DetectionScores(right, wrong, wanted.size() - right, named, rightlyNamed);
    }

    public DetectionScores plus(DetectionScores other) {
        return new DetectionScores(
                right + other.right,
                wrong + other.wrong,
                missed + other.missed,
                named + other.named,
                rightlyNamed + other.rightlyNamed);
    }

    /// Share of the detections that are right, 0..1; empty where there are none.
    public OptionalDouble precision() {
        return share(right, right + wrong);
    }

    /// Share of the objects to be found that were found, 0..1; empty where there are none.
    public OptionalDouble recall() {
        return share(right, right + missed);
    }

    /// Share of the right detections whose label is right too, 0..1; empty where none was named.
    public OptionalDouble labelPrecision() {
        return share(rightlyNamed, named);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    private static int[] match(List<TrueObject> wanted, List<Detection> detections) {
        var cost = new double[wanted.size()][detections.size()];
        for (int row = 0; row < cost.length; row++) {
            for (int column = 0; column < detections.size(); column++) {
                cost[row][column] = 1
                        - wanted.get(row)
                                .box()
                                .overlapWith(detections.get(column).box());
            }
        }
        return Assignment.minCost(cost, 1 - MIN_OVERLAP + ROUNDING);
    }

    private static boolean isOn(Box detection, Box object) {
        double width = Math.min(detection.rightPixels(), object.rightPixels())
                - Math.max(detection.leftPixels(), object.leftPixels());
        double height = Math.min(detection.bottomPixels(), object.bottomPixels())
                - Math.max(detection.topPixels(), object.topPixels());
        double shared = Math.max(0, width) * Math.max(0, height);
        return detection.overlapWith(object) >= MIN_OVERLAP || shared >= MIN_SHARE_ON * detection.areaPixels();
    }
}
