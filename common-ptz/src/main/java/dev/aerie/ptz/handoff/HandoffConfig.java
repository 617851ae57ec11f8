package dev.aerie.ptz.handoff;

/// When a target is handed on, and what confirms that the neighbour has the right one.
///
/// - `leadSeconds`: so long before it leaves a camera's reach it is offered to a neighbour
/// - `horizonSeconds`: so far ahead a neighbour's reach is looked for
/// - `lostSeconds`: a target not detected for so long is offered too
/// - `targetHeightMetres`: of what is followed, for framing
/// - `waitingShare`: of the frame's height that it is to fill when it arrives: small, so that it is not missed
/// - `footErrorDegrees`: standard deviation of the direction of a foot
/// - `accelerationMetres`: standard deviation of a target's acceleration, m/s²
/// - `gateDeviations`: how far from the prediction a candidate may be, in standard deviations
/// - `confirmSeconds`: for so long a candidate is watched before it is confirmed
/// - `decideSeconds`: after so long the best one is taken though another is nearly as good
/// - `margin`: by which the best must be ahead before that, as a logarithm of odds
/// - `timeoutSeconds`: after the expected arrival, or the last detection, the offer fails
public record HandoffConfig(
        double leadSeconds,
        double horizonSeconds,
        double lostSeconds,
        double targetHeightMetres,
        double waitingShare,
        double footErrorDegrees,
        double accelerationMetres,
        double gateDeviations,
        double confirmSeconds,
        double decideSeconds,
        double margin,
        double timeoutSeconds,
        AppearanceEvidence appearance) {

    public static final HandoffConfig DEFAULT =
            new HandoffConfig(4, 12, 1, 1.75, 0.25, 0.2, 0.5, 3.5, 1.2, 2.5, 3, 6, AppearanceEvidence.DEFAULT);

    public HandoffConfig {
        if (!(leadSeconds > 0) || !(horizonSeconds >= leadSeconds) || !(lostSeconds >= 0) || !(timeoutSeconds > 0)) {
            throw new IllegalArgumentException("expected 0 < lead <= horizon, lost >= 0, timeout > 0, was "
                    + leadSeconds + ", " + horizonSeconds + ", " + lostSeconds + ", " + timeoutSeconds);
        }
        if (!(targetHeightMetres > 0) || !(waitingShare > 0 && waitingShare <= 1)) {
            throw new IllegalArgumentException(
                    "expected height > 0, share 0..1, was " + targetHeightMetres + ", " + waitingShare);
        }
        if (!(footErrorDegrees > 0) || !(accelerationMetres > 0) || !(gateDeviations > 0)) {
            throw new IllegalArgumentException(
                    "expected > 0, was " + footErrorDegrees + ", " + accelerationMetres + ", " + gateDeviations);
        }
        if (!(confirmSeconds > 0) || !(decideSeconds >= confirmSeconds) || !(margin >= 0)) {
            throw new IllegalArgumentException("expected 0 < confirm <= decide, margin >= 0, was " + confirmSeconds
                    + ", " + decideSeconds + ", " + margin);
        }
    }
}
