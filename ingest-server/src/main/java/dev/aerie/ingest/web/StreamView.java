package dev.aerie.ingest.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.aerie.ingest.source.SourceSnapshot;
import dev.aerie.ingest.source.SourceState;
import dev.aerie.ingest.stream.StreamSnapshot;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.messages.WorkerStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stream, for the HTTP API: its session, if there is or was one, and its source, if the server runs one.
/// Unknown fields are absent.
///
/// - `state`: of the session; `waiting` before the first
/// - `dropped`: access units that slow readers missed
/// - `workers`: the workers on it, by their statuses on the bus
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamView(
        String stream,
        StreamState state,
        String rtspUrl,
        @Nullable String source,
        @Nullable String sourceType,
        @Nullable SourceState sourceState,
        @Nullable Long sourceAttempts,
        @Nullable String lastError,
        @Nullable String session,
        @Nullable Long frameNumber,
        @Nullable String codec,
        @Nullable Integer width,
        @Nullable Integer height,
        double framesPerSecond,
        double bitsPerSecond,
        long frames,
        long bytes,
        int readers,
        long dropped,
        @Nullable Long silentMillis,
        @Nullable String endCause,
        List<WorkerView> workers) {

    static StreamView of(
            String stream,
            String rtspUrl,
            Optional<StreamSnapshot> session,
            Optional<SourceSnapshot> source,
            long dropped,
            List<WorkerStatus> workers) {
        var last = session.flatMap(StreamSnapshot::last);
        var format = session.flatMap(StreamSnapshot::format);
        return new StreamView(
                stream,
                session.map(StreamSnapshot::state).orElse(StreamState.WAITING),
                rtspUrl,
                source.map(SourceSnapshot::description)
                        .or(() -> session.map(StreamSnapshot::source))
                        .orElse(null),
                source.map(SourceSnapshot::type).orElse(null),
                source.map(SourceSnapshot::state).orElse(null),
                source.map(SourceSnapshot::attempts).orElse(null),
                source.map(SourceSnapshot::lastError)
                        .filter(error -> !error.isEmpty())
                        .orElse(null),
                last.map(stamp -> stamp.id().session()).orElse(null),
                last.map(stamp -> stamp.id().frameNumber()).orElse(null),
                format.map(known -> known.codec()).orElse(null),
                format.map(known -> known.size().widthPixels()).orElse(null),
                format.map(known -> known.size().heightPixels()).orElse(null),
                session.map(StreamSnapshot::framesPerSecond).orElse(0.0),
                session.map(StreamSnapshot::bitsPerSecond).orElse(0.0),
                session.map(each -> each.totals().frames()).orElse(0L),
                session.map(each -> each.totals().bytes()).orElse(0L),
                session.map(StreamSnapshot::readers).orElse(0),
                dropped,
                session.map(StreamSnapshot::silentMillis).orElse(null),
                session.map(StreamSnapshot::endCause)
                        .filter(cause -> !cause.isEmpty())
                        .orElse(null),
                workers.stream().map(WorkerView::of).toList());
    }
}
