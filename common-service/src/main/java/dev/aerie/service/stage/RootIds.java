package dev.aerie.service.stage;

import dev.aerie.trace.FrameTrace;
import io.opentelemetry.sdk.trace.IdGenerator;

/// Generates random ids, except for root spans, whose ids follow from their frame.
final class RootIds implements IdGenerator {

    private final IdGenerator random = IdGenerator.random();

    @SuppressWarnings("ThreadLocalUsage") // one of each tracer, of which a process has one
    private final ThreadLocal<FrameTrace> root = new ThreadLocal<>();

    /// Runs `span` so that the span that it starts gets the ids of `trace`.
    void during(FrameTrace trace, Runnable span) {
        root.set(trace);
        try {
            span.run();
        } finally {
            root.remove();
        }
    }

    @Override
    public String generateSpanId() {
        var trace = root.get();
        return trace == null ? random.generateSpanId() : trace.rootSpanId();
    }

    @Override
    public String generateTraceId() {
        var trace = root.get();
        return trace == null ? random.generateTraceId() : trace.traceId();
    }
}
