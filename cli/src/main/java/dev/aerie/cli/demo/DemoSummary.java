package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Summary of a demo, counted by the services and by a subscriber on the bus.
///
/// - `framesRelayed`: access units that the relay has sent to readers, summed over them
/// - `segments`: of the archive, closed and entered in its index
/// - `poses`: frames with a camera pose
/// - `scene`, `latencyP50Millis`, `latencyP95Millis`: null if unknown
/// - `detections`: precision and recall of the boxes; null without ground truth
/// - `ptz`: how the PTZ cameras did; null without them
@JsonInclude(JsonInclude.Include.NON_NULL)
record DemoSummary(
        boolean ok,
        double seconds,
        @Nullable SceneShape scene,
        @JsonProperty("frames_in") long framesIn,
        @JsonProperty("frames_relayed") long framesRelayed,
        @JsonProperty("frames_processed") long framesProcessed,
        long segments,
        long poses,
        Map<String, Long> messages,
        @JsonProperty("per_second") Rates perSecond,
        @JsonProperty("latency_p50_ms") @Nullable Long latencyP50Millis,
        @JsonProperty("latency_p95_ms") @Nullable Long latencyP95Millis,
        Map<String, Integer> restarts,
        @JsonProperty("invalid_messages") long invalidMessages,
        @JsonProperty("impossible_results") long impossibleResults,
        List<String> idle,
        @JsonUnwrapped @Nullable DetectionReport detections,
        @Nullable PtzReport ptz) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static DemoSummary of(DemoCounts counted) {
        var services = counted.services();
        List<String> idle = IdleParts.of(counted);
        return new DemoSummary(
                idle.isEmpty() && counted.invalidMessages() == 0 && counted.impossibleResults() == 0,
                counted.seconds(),
                counted.scene().orElse(null),
                services.framesIn(),
                services.framesRelayed(),
                services.framesProcessed(),
                services.segments(),
                services.poses(),
                counted.messages(),
                Rates.of(counted.seconds(), services, counted.messages()),
                boxed(counted.latencyP50Millis()),
                boxed(counted.latencyP95Millis()),
                counted.restarts(),
                counted.invalidMessages(),
                counted.impossibleResults(),
                idle,
                null,
                null);
    }

    /// The same with the scores of the boxes.
    DemoSummary with(DetectionReport judged) {
        return new DemoSummary(
                ok,
                seconds,
                scene,
                framesIn,
                framesRelayed,
                framesProcessed,
                segments,
                poses,
                messages,
                perSecond,
                latencyP50Millis,
                latencyP95Millis,
                restarts,
                invalidMessages,
                impossibleResults,
                idle,
                judged,
                ptz);
    }

    /// The same with what the PTZ cameras did; not ok if they did nothing.
    DemoSummary with(PtzReport judged) {
        var missing = Stream.concat(idle.stream(), judged.idle().stream()).toList();
        return new DemoSummary(
                ok && judged.idle().isEmpty(),
                seconds,
                scene,
                framesIn,
                framesRelayed,
                framesProcessed,
                segments,
                poses,
                messages,
                perSecond,
                latencyP50Millis,
                latencyP95Millis,
                restarts,
                invalidMessages,
                impossibleResults,
                missing,
                detections,
                judged);
    }

    void print(PrintStream out) {
        out.printf("after %.1f s:%31s%n", seconds, "per second");
        row(out, "frames in", framesIn, perSecond.framesIn());
        row(out, "frames relayed", framesRelayed, perSecond.framesRelayed());
        row(out, "frames processed", framesProcessed, perSecond.framesProcessed());
        row(out, "poses", poses, perSecond.poses());
        messages.forEach((exchange, count) ->
                row(out, exchange, count, perSecond.messages().getOrDefault(exchange, 0.0)));
        out.printf("  %-26s %8d%n", "segments", segments);
        if (latencyP50Millis != null && latencyP95Millis != null) {
            out.printf(
                    "  results come %d ms after the frame, 95 %% within %d ms%n", latencyP50Millis, latencyP95Millis);
        }
        if (detections != null) {
            detections.print(out);
        }
        if (ptz != null) {
            ptz.print(out);
        }
        printFaults(out);
    }

    private void printFaults(PrintStream out) {
        var restarted = restarts.entrySet().stream()
                .filter(part -> part.getValue() > 0)
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
        if (!restarted.isEmpty()) {
            out.println("  restarted: " + restarted);
        }
        if (invalidMessages > 0) {
            out.println("  invalid: " + invalidMessages + " messages");
        }
        if (impossibleResults > 0) {
            out.println("  for unknown frames: " + impossibleResults + " results");
        }
        out.println(idle.isEmpty() ? "  every part has worked" : "  did no work: " + String.join(", ", idle));
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary is plain numbers", e);
        }
    }

    private static void row(PrintStream out, String what, long count, double perSecond) {
        out.printf("  %-26s %8d %8.1f%n", what, count, perSecond);
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }
}
