package dev.aerie.evaluation.detection;

import dev.aerie.messages.Box;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Counts of right and wrong detections and missed objects, summed over frames.
///
/// A detection is right if its IoU with an object to be found is at least 0.5; each object matches one detection, a
/// second one is wrong. An unmatched detection is ignored if it overlaps as much with an object that need not be found,
/// or covers such an object with half of its area or more. All others are wrong.
///
/// - `right`: detections matched to an object
/// - `wrong`: unmatched detections
/// - `missed`: objects to be found without a detection
/// - `named`: right detections with a class label
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

    /// Precision, 0..1; empty without detections.
    public OptionalDouble precision() {
        return share(right, right + wrong);
    }

    /// Recall, 0..1; empty without objects to be found.
    public OptionalDouble recall() {
        return share(right, right + missed);
    }

    /// Fraction of the right detections with the right label, 0..1; empty without labels.
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
