package dev.aerie.ingest.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.aerie.messages.WorkerStatus;
import org.jspecify.annotations.Nullable;

/// A worker on a stream, for the HTTP API.
///
/// - `cause`: of this state, if there is one
/// - `failures`: how often the work has failed since frames last came
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerView(
        String service,
        String instance,
        WorkerStatus.State state,
        @Nullable String cause,
        int failures) {

    static WorkerView of(WorkerStatus status) {
        return new WorkerView(status.service(), status.instance(), status.state(), status.cause(), status.failures());
    }
}
