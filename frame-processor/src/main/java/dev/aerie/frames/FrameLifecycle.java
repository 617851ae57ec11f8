package dev.aerie.frames;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.pipeline.FrameWorkerFactory;
import dev.aerie.frames.report.WorkerStatistics;
import dev.aerie.service.consumer.StartOrder;
import dev.aerie.service.consumer.StopOrder;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.tracker.TrackerFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warms the models up before the first stream, and closes sinks and models after the last.
@Singleton
final class FrameLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FrameLifecycle.class);

    private final TrackerFactory trackerFactory;
    private final TextSearch text;
    private final FrameWorkerFactory factory;
    private final StreamWorkers<FrameWorker> workers;
    private final FrameSinks sinks;
    private final WorkerStatistics statistics;
    private final Optional<Path> statisticsFile;

    FrameLifecycle(
            TrackerFactory trackerFactory,
            TextSearch text,
            FrameWorkerFactory factory,
            StreamWorkers<FrameWorker> workers,
            FrameSinks sinks,
            WorkerStatistics statistics,
            FrameConfig config) {
        this.trackerFactory = trackerFactory;
        this.text = text;
        this.factory = factory;
        this.workers = workers;
        this.sinks = sinks;
        this.statistics = statistics;
        this.statisticsFile = config.workerStatsFile();
    }

    void start(@Observes @Priority(StartOrder.OUTPUTS) StartupEvent event) {
        factory.warmUp();
    }

    void stop(@Observes @Priority(StopOrder.OUTPUTS) ShutdownEvent event) {
        sinks.close();
        statisticsFile.ifPresent(file -> statistics.write(file, factory.errors()));
        if (workers.hasEnded()) {
            trackerFactory.close();
            text.close();
        } else {
            LOG.warn("models not freed cause=a stream's last frame still uses them");
        }
    }
}
