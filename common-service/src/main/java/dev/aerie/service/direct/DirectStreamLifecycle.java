package dev.aerie.service.direct;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/// Assigns a worker its own stream once all else runs, and no more from the moment on at which it is to end. Services
/// that follow no streams have none.
@Singleton
final class DirectStreamLifecycle {

    /// An observer without a priority has 2500.
    private static final int LAST = 4000;

    private static final int FIRST = 1000;

    private final Instance<DirectStream> own;

    DirectStreamLifecycle(Instance<DirectStream> own) {
        this.own = own;
    }

    void start(@Observes @Priority(LAST) StartupEvent event) {
        own.stream().forEach(DirectStream::start);
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        own.stream().forEach(DirectStream::close);
    }
}
