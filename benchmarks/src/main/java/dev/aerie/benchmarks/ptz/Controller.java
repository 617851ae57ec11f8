package dev.aerie.benchmarks.ptz;

import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.scenario.FollowRun;
import dev.aerie.ptz.scenario.Knowledge;
import dev.aerie.ptz.scenario.RunScore;

/// The controllers that are compared.
enum Controller {
    /// Ours, with what the camera measured of itself.
    AERIE("aerie"),
    /// The documents' rule as it stands: 100 percent is the camera's full speed.
    PROPORTIONAL("proportional"),
    /// The same rule with 100 percent being 30 degrees a second, which suits these scenarios best on the whole.
    PROPORTIONAL_TUNED("proportional_tuned");

    private static final double TUNED_DEGREES_PER_SECOND = 30;

    private final String label;

    Controller(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    RunScore run(FollowRun run, Knowledge known) {
        return switch (this) {
            case AERIE -> run.ours(FollowConfig.DEFAULT, known);
            case PROPORTIONAL -> run.rule();
            case PROPORTIONAL_TUNED -> run.ruleUpTo(TUNED_DEGREES_PER_SECOND);
        };
    }
}
