package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Exchanges;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a demo has done, counted by the services themselves and by a reader of our own on the bus.
///
/// - `framesRelayed`: access units that the relay has sent to readers, summed over them
/// - `segments`: of the archive, closed and entered in its index
/// - `poses`: pictures whose camera was found
/// - `invalidMessages`: messages that are not what their schema says
/// - `impossibleResults`: results about a picture that the ingest never numbered
/// - `imuExpected`: the drone has an inertial sensor, so IMU samples must have arrived
record DemoSummary(
        boolean ok,
        double seconds,
        @JsonProperty("frames_in") long framesIn,
        @JsonProperty("frames_relayed") long framesRelayed,
        @JsonProperty("frames_processed") long framesProcessed,
        long segments,
        long poses,
        Map<String, Long> messages,
        @JsonProperty("invalid_messages") long invalidMessages,
        @JsonProperty("impossible_results") long impossibleResults,
        List<String> idle) {

    /// A map begins once the flight has shown parallax: shorter runs are not judged by its poses.
    private static final double SECONDS_TO_A_MAP = 30;

    private static final ObjectMapper JSON = new ObjectMapper();

    static DemoSummary of(
            double seconds,
            ServiceCounts services,
            Map<String, Long> messages,
            long invalid,
            long impossible,
            boolean imuExpected) {
        List<String> idle = idleParts(services, messages, imuExpected, seconds);
        return new DemoSummary(
                idle.isEmpty() && invalid == 0 && impossible == 0,
                seconds,
                services.framesIn(),
                services.framesRelayed(),
                services.framesProcessed(),
                services.segments(),
                services.poses(),
                messages,
                invalid,
                impossible,
                idle);
    }

    void print(PrintStream out) {
        out.printf("after %.1f s:%n", seconds);
        out.printf("  frames in         %8d%n", framesIn);
        out.printf("  frames relayed    %8d%n", framesRelayed);
        out.printf("  frames processed  %8d%n", framesProcessed);
        out.printf("  segments          %8d%n", segments);
        out.printf("  poses             %8d%n", poses);
        messages.forEach((exchange, count) -> out.printf("  %-28s %8d messages%n", exchange, count));
        if (invalidMessages > 0) {
            out.println("  not valid: " + invalidMessages + " messages");
        }
        if (impossibleResults > 0) {
            out.println("  about no picture of ours: " + impossibleResults + " results");
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

    private static List<String> idleParts(
            ServiceCounts services, Map<String, Long> messages, boolean imuExpected, double seconds) {
        var idle = new ArrayList<String>();
        require(services.framesIn(), "ingest-server (no frames in)", idle);
        require(services.framesRelayed(), "relay (no frames relayed)", idle);
        require(services.framesProcessed(), "frame-processor (no frames processed)", idle);
        require(services.segments(), "storage-service (no segments)", idle);
        require(messages.getOrDefault(Exchanges.PROCESSED_FRAMES, 0L), Exchanges.PROCESSED_FRAMES, idle);
        require(messages.getOrDefault(Exchanges.SLAM_RESULTS, 0L), Exchanges.SLAM_RESULTS, idle);
        require(messages.getOrDefault(Exchanges.STREAM_EVENTS, 0L), Exchanges.STREAM_EVENTS, idle);
        if (imuExpected && seconds >= SECONDS_TO_A_MAP) {
            require(services.poses(), "slam-service (no poses)", idle);
        }
        if (imuExpected) {
            require(messages.getOrDefault(Exchanges.IMU, 0L), Exchanges.IMU, idle);
        }
        return List.copyOf(idle);
    }

    private static void require(long count, String part, List<String> idle) {
        if (count == 0) {
            idle.add(part);
        }
    }
}
