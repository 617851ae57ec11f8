package dev.aerie.service.stage;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.trace.FrameSampling;
import dev.aerie.trace.FrameTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Creates the spans of sampled frames and sends them to an OpenTelemetry collector (OTLP over HTTP), in batches,
/// from a bounded queue that drops spans while the collector is away. Does nothing if tracing is off. Safe for
/// several threads.
///
/// The spans of one frame are children of a root span, whose id follows from the frame's identity ([FrameTrace]).
public final class FrameTracer implements AutoCloseable {

    private static final String PATH = "/v1/traces";
    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long CLOSE_SECONDS = 2;
    private static final AttributeKey<String> STREAM = AttributeKey.stringKey("aerie.stream");
    private static final AttributeKey<String> SESSION = AttributeKey.stringKey("aerie.session");
    private static final AttributeKey<Long> FRAME_NUMBER = AttributeKey.longKey("aerie.frame_number");

    private final FrameSampling sampling;
    private final @Nullable Sender sender;

    private record Sender(SdkTracerProvider provider, Tracer tracer, RootIds ids) {}

    private FrameTracer(FrameSampling sampling, @Nullable Sender sender) {
        this.sampling = sampling;
        this.sender = sender;
    }

    /// As the environment variables of [FrameSampling] configure it.
    public static FrameTracer of(Map<String, String> environment, Producer producer) {
        var sampling = FrameSampling.of(environment);
        return new FrameTracer(
                sampling,
                sampling.isOn() ? sender(environment.getOrDefault(FrameSampling.ENDPOINT, ""), producer) : null);
    }

    private static Sender sender(String endpoint, Producer producer) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceFirst("/+$", "") + PATH)
                .setTimeout(TIMEOUT)
                .build();
        var ids = new RootIds();
        var provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.create(Attributes.builder()
                        .put("service.namespace", "aerie")
                        .put("service.name", producer.service())
                        .put("service.instance.id", producer.instance())
                        .build()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(SEND_EVERY)
                        .build())
                .build();
        return new Sender(provider, provider.get("dev.aerie"), ids);
    }

    /// The root span of a frame, up to the relay; created by the service that gave the frame its identity.
    void root(FrameId id, long startUnixNanos, long endUnixNanos) {
        if (sender != null) {
            sampling.sample(id)
                    .ifPresent(trace -> sender.ids.during(
                            trace,
                            () -> end(
                                    sender.tracer.spanBuilder("frame").setNoParent(),
                                    id,
                                    startUnixNanos,
                                    endUnixNanos)));
        }
    }

    /// One stage of a frame.
    void span(FrameId id, String name, long startUnixNanos, long endUnixNanos) {
        if (sender != null) {
            sampling.sample(id)
                    .ifPresent(trace -> end(
                            sender.tracer.spanBuilder(name).setParent(below(trace)), id, startUnixNanos, endUnixNanos));
        }
    }

    private static Context below(FrameTrace trace) {
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        trace.traceId(), trace.rootSpanId(), TraceFlags.getSampled(), TraceState.getDefault())));
    }

    private static void end(SpanBuilder builder, FrameId id, long startUnixNanos, long endUnixNanos) {
        builder.setAttribute(STREAM, id.stream())
                .setAttribute(SESSION, id.session())
                .setAttribute(FRAME_NUMBER, id.frameNumber())
                .setStartTimestamp(startUnixNanos, TimeUnit.NANOSECONDS)
                .startSpan()
                .end(endUnixNanos, TimeUnit.NANOSECONDS);
    }

    /// Sends the waiting spans, for two seconds at most.
    @Override
    public void close() {
        if (sender != null) {
            var _ = sender.provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
