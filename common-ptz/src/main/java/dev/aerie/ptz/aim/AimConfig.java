package dev.aerie.ptz.aim;

/// How targets are chosen, kept and framed.
///
/// - `overtake`: for the most interesting target
/// - `framing`: of one target
public record AimConfig(
        Priorities priorities,
        InterestConfig interest,
        OvertakeConfig overtake,
        LossConfig loss,
        RunnerConfig runner,
        GroupConfig group,
        FramingRule framing) {

    public static final AimConfig DEFAULT = new AimConfig(
            Priorities.DEFAULT,
            InterestConfig.DEFAULT,
            OvertakeConfig.DEFAULT,
            LossConfig.DEFAULT,
            RunnerConfig.DEFAULT,
            GroupConfig.DEFAULT,
            FramingRule.ONE);

    public AimConfig withPriorities(Priorities other) {
        return new AimConfig(other, interest, overtake, loss, runner, group, framing);
    }

    public AimConfig withLoss(LossConfig other) {
        return new AimConfig(priorities, interest, overtake, other, runner, group, framing);
    }

    public AimConfig withGroup(GroupConfig other) {
        return new AimConfig(priorities, interest, overtake, loss, runner, other, framing);
    }

    public AimConfig withFraming(FramingRule other) {
        return new AimConfig(priorities, interest, overtake, loss, runner, group, other);
    }
}
