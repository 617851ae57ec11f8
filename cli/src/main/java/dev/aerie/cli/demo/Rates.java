package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;

/// Counts per second, to a hundredth.
///
/// - `messages`: by exchange
record Rates(
        @JsonProperty("frames_in") double framesIn,
        @JsonProperty("frames_relayed") double framesRelayed,
        @JsonProperty("frames_processed") double framesProcessed,
        double poses,
        Map<String, Double> messages) {

    static Rates of(double seconds, ServiceCounts services, Map<String, Long> messages) {
        var perSecond = new TreeMap<String, Double>();
        messages.forEach((exchange, count) -> perSecond.put(exchange, rate(count, seconds)));
        return new Rates(
                rate(services.framesIn(), seconds),
                rate(services.framesRelayed(), seconds),
                rate(services.framesProcessed(), seconds),
                rate(services.poses(), seconds),
                perSecond);
    }

    private static double rate(long count, double seconds) {
        return Math.round(100 * count / seconds) / 100.0;
    }
}
