package dev.aerie.service.worker;

import dev.aerie.messages.WorkerStatus;
import java.util.Locale;

/// The state of one stream in this replica.
///
/// - `cause`: the reason, in words; empty if there is none
/// - `failures`: number of failures since frames last flowed
public record StreamStatus(String stream, String session, WorkerStatus.State state, String cause, int failures) {

    /// For an operator: `failed 2 times, java.lang.UnsatisfiedLinkError: no opencv_core`.
    public String words() {
        String name = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name + (failures > 0 ? " " + failures + " times" : "") + (cause.isEmpty() ? "" : ", " + cause);
    }

    /// Whether nothing is being done about the stream now.
    public boolean isFailed() {
        return state == WorkerStatus.State.FAILED || state == WorkerStatus.State.GIVEN_BACK;
    }
}
