package dev.aerie.ptz.control;

/// How a target is kept in view. The defaults were chosen over all scenarios and personalities of `./aerie bench ptz`
/// with other seeds than those that it reports.
///
/// - `gainPerSecond`: greatest speed of correction per angle of error, 0.1..10; slow cameras get less by themselves
/// - `gainMargin`: what the gain times the uncertain part of the delays may come to, 0.05..1
/// - `unknownShareOfDeadTime`: by how much of itself the dead time counts as such a part, 0..1
/// - `deadZone`: half the width of the zone round the wanted place in which the camera rests, as a share of half the
///   frame, 0..0.5
/// - `deadZoneOfTarget`: what is added to it, as a share of the target's own size, 0..0.5
/// - `restShare`: speeds of the target below this share of the field of view per second count as rest
/// - `boxNoise`: standard deviation of a detection's centre, as a share of its box
/// - `frameNoise`: the same, as a share of half the frame; both add up
/// - `accelerationDegreesPerSecond2`, `jerkDegreesPerSecond3`: limits on what is commanded
/// - `graceSeconds`: without an observation until the target counts as not seen
/// - `predictionSeconds`: how long the camera then goes on with the target's motion
/// - `searchSeconds`: how long it then looks for the target, 0 for not at all
/// - `commandSeconds`: for how long a command moves the camera if none follows; it is repeated before
public record FollowConfig(
        double gainPerSecond,
        double gainMargin,
        double unknownShareOfDeadTime,
        double deadZone,
        double deadZoneOfTarget,
        double restShare,
        double boxNoise,
        double frameNoise,
        double accelerationDegreesPerSecond2,
        double jerkDegreesPerSecond3,
        double graceSeconds,
        double predictionSeconds,
        double searchSeconds,
        double commandSeconds) {

    public static final FollowConfig DEFAULT =
            new FollowConfig(3, 0.4, 0.3, 0.05, 0.1, 0.015, 0.05, 0.004, 240, 2400, 0.4, 1.5, 8, 1.5);

    private static final double SHARE_OF_RIGID = 0.85;
    private static final double SHARE_OF_SWINGING = 0.5;
    private static final double SWINGING_SECONDS = 0.1;

    public FollowConfig {
        require(gainPerSecond >= 0.1 && gainPerSecond <= 10, "gainPerSecond in 0.1..10", gainPerSecond);
        require(gainMargin >= 0.05 && gainMargin <= 1, "gainMargin in 0.05..1", gainMargin);
        require(
                unknownShareOfDeadTime >= 0 && unknownShareOfDeadTime <= 1,
                "unknownShareOfDeadTime in 0..1",
                unknownShareOfDeadTime);
        require(deadZone >= 0 && deadZone <= 0.5, "deadZone in 0..0.5", deadZone);
        require(deadZoneOfTarget >= 0 && deadZoneOfTarget <= 0.5, "deadZoneOfTarget in 0..0.5", deadZoneOfTarget);
        require(restShare >= 0 && restShare <= 1, "restShare in 0..1", restShare);
        require(boxNoise >= 0 && boxNoise <= 1, "boxNoise in 0..1", boxNoise);
        require(frameNoise > 0 && frameNoise <= 1, "frameNoise above 0, at most 1", frameNoise);
        require(accelerationDegreesPerSecond2 > 0, "an acceleration above 0", accelerationDegreesPerSecond2);
        require(jerkDegreesPerSecond3 > 0, "a jerk above 0", jerkDegreesPerSecond3);
        require(graceSeconds > 0, "graceSeconds above 0", graceSeconds);
        require(predictionSeconds >= graceSeconds, "predictionSeconds of graceSeconds at least", predictionSeconds);
        require(searchSeconds >= 0, "searchSeconds of 0 at least", searchSeconds);
        require(commandSeconds >= 0.2 && commandSeconds <= 60, "commandSeconds in 0.2..60", commandSeconds);
    }

    private static void require(boolean holds, String wanted, double was) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + wanted + ", was " + was);
        }
    }

    /// What is commanded of a camera that can accelerate by `ofCamera`, degrees/s²: less than it can, so that it does
    /// not fall behind; half of it where the head swings, which may brake more slowly than it accelerates.
    double acceleration(double ofCamera, double settleSeconds) {
        double share = settleSeconds > SWINGING_SECONDS ? SHARE_OF_SWINGING : SHARE_OF_RIGID;
        return Math.min(accelerationDegreesPerSecond2, share * ofCamera);
    }

    public FollowConfig withTimes(double prediction, double search) {
        return new FollowConfig(
                gainPerSecond,
                gainMargin,
                unknownShareOfDeadTime,
                deadZone,
                deadZoneOfTarget,
                restShare,
                boxNoise,
                frameNoise,
                accelerationDegreesPerSecond2,
                jerkDegreesPerSecond3,
                graceSeconds,
                prediction,
                search,
                commandSeconds);
    }
}
