package dev.aerie.ptz.scenario;

import java.util.ArrayList;
import java.util.List;

/// How well one run kept its target.
///
/// - `holdPercent`: of the time after the first three seconds of each target in which its centre was within the middle
///   half of the frame, across and down
/// - `inFramePercent`: of the same time, with its centre in the frame
/// - `rmsDegrees`: root mean square of the angle between it and the optical axis, over the same time
/// - `acquireSeconds`: until its centre had stayed within the middle quarter for half a second; of several targets the
///   longest; the length of the run where it never did
/// - `overshootPercent`: how far a step was overshot across, of the step; 0 in scenarios without steps
/// - `commandsPerSecond`: that were sent
/// - `losses`: times that it was out of the frame for 0.2 s or longer
/// - `recoveries`: of these, how often it came back
/// - `reversals`: times that the error changed sides by more than the dead zone on either, after the first three
/// seconds
/// - `zoomErrorPercent`: median difference between its share of the frame and the wanted one; NaN without zoom
/// - `errors`: the angle to the optical axis across, every 0.1 s, in degrees
public record RunScore(
        double holdPercent,
        double inFramePercent,
        double rmsDegrees,
        double acquireSeconds,
        double overshootPercent,
        double commandsPerSecond,
        int losses,
        int recoveries,
        int reversals,
        double zoomErrorPercent,
        List<Double> errors) {

    public RunScore {
        errors = List.copyOf(new ArrayList<>(errors));
    }
}
