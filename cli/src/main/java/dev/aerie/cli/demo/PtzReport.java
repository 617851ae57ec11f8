package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a demo's PTZ cameras did, see [PtzJudge].
///
/// - `targets`: that were chosen
/// - `judgedFrames`: in which a target was followed; `holdPercent`: of them, those in which it was held; null without
/// - `handoffs`: confirmed
/// - `commands`: moves and stops that reached the cameras' motors
@JsonInclude(JsonInclude.Include.NON_NULL)
record PtzReport(
        long targets,
        @JsonProperty("judged_frames") long judgedFrames,
        @JsonProperty("hold_percent") @Nullable Double holdPercent,
        long handoffs,
        long commands) {

    static PtzReport of(long targets, long judgedFrames, long heldFrames, long handoffs, long commands) {
        Double hold = judgedFrames == 0 ? null : (Double) (100.0 * heldFrames / judgedFrames);
        return new PtzReport(targets, judgedFrames, hold, handoffs, commands);
    }

    /// The work that is missing.
    List<String> idle() {
        var idle = new ArrayList<String>();
        if (targets == 0) {
            idle.add("ptz-service (no target chosen)");
        }
        if (commands == 0) {
            idle.add("ptz-service (no command reached a camera)");
        }
        return idle;
    }

    void print(PrintStream out) {
        out.printf("  %-26s %8d%n", "targets chosen", targets);
        out.printf("  %-26s %8d%n", "commands to cameras", commands);
        out.printf("  %-26s %8d%n", "handoffs", handoffs);
        if (holdPercent != null) {
            out.printf(
                    "  %-28s %7.0f %% of %d frames, by the simulator's truth%n",
                    "target in the middle half", holdPercent, judgedFrames);
        }
    }
}
