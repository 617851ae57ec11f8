package dev.aerie.storage;

import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.service.consumer.StartOrder;
import dev.aerie.service.consumer.StopOrder;
import dev.aerie.storage.health.MessageArchiveMetrics;
import dev.aerie.storage.health.UploadMetrics;
import dev.aerie.storage.messages.MessageArchive;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.upload.Uploader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the message archive, the uploads and the retention, after the archive and the broker that
/// [StorageLifecycle] starts, and stops them before those.
@Singleton
final class MessageArchiveLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MessageArchiveLifecycle.class);

    private final MessageArchive messageArchive;
    private final DurableBatchSubscriber message;
    private final RetentionSweeper sweeper;
    private final Uploader uploader;
    private final MessageArchiveMetrics metrics;
    private final UploadMetrics uploadMetrics;

    MessageArchiveLifecycle(
            MessageArchive messageArchive,
            DurableBatchSubscriber message,
            RetentionSweeper sweeper,
            Uploader uploader,
            MessageArchiveMetrics metrics,
            UploadMetrics uploadMetrics) {
        this.messageArchive = messageArchive;
        this.message = message;
        this.sweeper = sweeper;
        this.uploader = uploader;
        this.metrics = metrics;
        this.uploadMetrics = uploadMetrics;
    }

    void start(@Observes @Priority(StartOrder.REST) StartupEvent event) {
        messageArchive.start();
        message.start();
        sweeper.start();
        uploader.start();
        LOG.debug("metrics {} {}", metrics, uploadMetrics);
    }

    void stop(@Observes @Priority(StopOrder.REST) ShutdownEvent event) {
        uploader.close();
        sweeper.close();
        message.close();
        messageArchive.close();
    }
}
