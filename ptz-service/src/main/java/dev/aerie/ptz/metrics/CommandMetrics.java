package dev.aerie.ptz.metrics;

import dev.aerie.ptz.camera.PtzException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/// Counts the commands to one camera and how late they are. Safe for several threads.
public final class CommandMetrics {

    private static final String CAMERA = "camera";
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final String camera;
    private final Timer latency;
    private final Timer answer;

    public CommandMetrics(MeterRegistry registry, String camera) {
        this.registry = registry;
        this.camera = camera;
        this.latency = timer("aerie.ptz.detection.to.command", "from a frame's arrival to the camera's answer")
                .publishPercentiles(MEDIAN, P95)
                .register(registry);
        this.answer = timer("aerie.ptz.camera.answer", "from a command to the camera's answer")
                .register(registry);
        for (PtzException.Reason reason : PtzException.Reason.values()) {
            failures(reason);
        }
    }

    /// - `kind`: of the command; `origin`: who wanted it
    public void sent(String kind, String origin, Duration untilAnswer) {
        registry.counter("aerie.ptz.commands", CAMERA, camera, "kind", kind, "origin", origin)
                .increment();
        answer.record(untilAnswer);
    }

    /// A command that a frame led to.
    public void latency(Duration fromArrival) {
        latency.record(fromArrival);
    }

    public void failed(PtzException.Reason reason) {
        failures(reason).increment();
    }

    private Counter failures(PtzException.Reason reason) {
        return registry.counter(
                "aerie.ptz.failures", CAMERA, camera, "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    private Timer.Builder timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tag(CAMERA, camera)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST);
    }
}
