package dev.aerie.service.metrics;

import dev.aerie.threads.BackgroundThread;
import dev.aerie.threads.ThreadFailures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Counts the failures of background threads, `aerie_thread_failures_total{thread}`, in every service.
@Singleton
final class ThreadMetrics {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final MeterRegistry registry;
    private final Set<String> registered = new HashSet<>(); // by the main thread before the other starts
    private final BackgroundThread thread = BackgroundThread.every("thread-metrics", LOOK_EVERY, this::refresh);

    ThreadMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        refresh();
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.close();
    }

    /// Registers the kinds of thread that were created since the last call.
    private void refresh() {
        ThreadFailures.counts().keySet().stream().filter(registered::add).forEach(this::register);
    }

    private void register(String kind) {
        FunctionCounter.builder(
                        "aerie.thread.failures",
                        kind,
                        name -> ThreadFailures.counts().getOrDefault(name, 0L))
                .description("failures of background threads, each of which was restarted")
                .tag("thread", kind)
                .register(registry);
    }
}
