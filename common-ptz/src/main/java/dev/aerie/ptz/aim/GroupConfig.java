package dev.aerie.ptz.aim;

/// Who belongs to a group, and how it is framed.
///
/// A track's distance is the angle to the median of all directions, in units of the median of all those angles, but of
/// `minSpreadDegrees` at least.
///
/// - `joinDistance`, `leaveDistance`: who is nearer joins, who is farther leaves; between the two nothing changes
/// - `confirmSeconds`: for so long, both ways
/// - `keepSeconds`: a member that is not detected counts for so long where it was last seen
/// - `margin`: added to the box on each side, as a share of its own width or height
public record GroupConfig(
        double minSpreadDegrees,
        double joinDistance,
        double leaveDistance,
        double confirmSeconds,
        double keepSeconds,
        double margin,
        FramingRule framing) {

    public static final GroupConfig DEFAULT = new GroupConfig(3, 3, 4, 0.6, 1.0, 0.1, FramingRule.GROUP);

    public GroupConfig {
        if (!(minSpreadDegrees > 0) || !(joinDistance > 0) || !(leaveDistance >= joinDistance)) {
            throw new IllegalArgumentException("expected spread > 0, 0 < join <= leave, was " + minSpreadDegrees + ", "
                    + joinDistance + ", " + leaveDistance);
        }
        if (!(confirmSeconds >= 0) || !(keepSeconds >= 0) || !(margin >= 0)) {
            throw new IllegalArgumentException(
                    "expected >= 0, was " + confirmSeconds + ", " + keepSeconds + ", " + margin);
        }
    }
}
