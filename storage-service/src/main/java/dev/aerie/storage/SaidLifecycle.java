package dev.aerie.storage;

import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.storage.health.SaidMetrics;
import dev.aerie.storage.journal.Journal;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.web.BasicAccess;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what keeps the fleet's words and what removes recordings, after the archive and the broker that
/// [StorageLifecycle] starts, and stops it before them.
@Singleton
final class SaidLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SaidLifecycle.class);

    /// An observer without a priority has 2500.
    private static final int AFTER_STORAGE = 3000;

    private static final int BEFORE_STORAGE = 2000;

    private final Journal journal;
    private final DurableBatchSubscriber said;
    private final RetentionSweeper sweeper;
    private final SaidMetrics metrics;

    SaidLifecycle(Journal journal, DurableBatchSubscriber said, RetentionSweeper sweeper, SaidMetrics metrics) {
        this.journal = journal;
        this.said = said;
        this.sweeper = sweeper;
        this.metrics = metrics;
    }

    void guard(@Observes Filters filters, BasicAccess access) {
        access.guard(filters);
    }

    void start(@Observes @Priority(AFTER_STORAGE) StartupEvent event) {
        journal.start();
        said.start();
        sweeper.start();
        LOG.debug("metrics {}", metrics);
    }

    void stop(@Observes @Priority(BEFORE_STORAGE) ShutdownEvent event) {
        sweeper.close();
        said.close();
        journal.close();
    }
}
