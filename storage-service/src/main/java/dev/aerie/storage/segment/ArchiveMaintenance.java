package dev.aerie.storage.segment;

import dev.aerie.service.retention.RetryDelays;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Outbox;
import dev.aerie.storage.catalog.Recording;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maintains the archive on one thread: watches its folder, reconciles files and index at the start and whenever they
/// may differ, sends announcements, and writes `metadata.json`. Owns its thread until [#close].
public final class ArchiveMaintenance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMaintenance.class);
    private static final String FAULT = "archive not looked over";
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /// The file of a running session is rewritten when the session has grown by a tenth.
    private static final double GROWTH = 1.1;

    private final RecordingContext context;
    private final Catalog catalog;
    private final Outbox outbox;
    private final ArchiveReconciler reconciler;
    private final Recordings recordings;
    private final SessionMetadata metadata;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<SessionKey, Long> framesDescribed = new HashMap<>();
    private final RetryDelays delays = new RetryDelays();
    private final BackgroundThread thread = BackgroundThread.of("archive-keeper", this::run);
    private int surveyedGeneration;
    private boolean wasThere;
    private boolean retryReconcile;

    public ArchiveMaintenance(RecordingContext context, ArchiveFolders folders, Catalog catalog, Outbox outbox) {
        this.context = context;
        this.catalog = catalog;
        this.outbox = outbox;
        this.reconciler = new ArchiveReconciler(context, catalog, folders);
        this.recordings = new Recordings(catalog);
        this.metadata = new SessionMetadata(context.root(), catalog);
    }

    public void start() {
        thread.start();
    }

    /// Sends the waiting announcements, for some seconds at most.
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.finish(CLOSE_LIMIT)) {
                LOG.warn("archive keeper does not end waitedMillis={}", CLOSE_LIMIT.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        do {
            round();
        } while (!closing.await(ROUND.toMillis(), TimeUnit.MILLISECONDS));
        round();
    }

    private void round() throws InterruptedException {
        try {
            boolean isThere = context.root().check();
            boolean returned = isThere && !wasThere;
            wasThere = isThere;
            int generation = catalog.generation();
            boolean stale = context.registrar().takeIncomplete()
                    || returned
                    || generation != surveyedGeneration
                    || (retryReconcile && !delays.isLeftAlone(FAULT));
            if (isThere && generation > 0 && stale) {
                reconcile(generation);
            }
            if (generation > 0 && isThere) {
                outbox.sendPending();
                describe();
            }
        } catch (IOException e) {
            LOG.debug("archive keeper waits cause={}", e.getMessage());
        }
    }

    private void reconcile(int generation) throws InterruptedException {
        try {
            var report = reconciler.reconcile();
            surveyedGeneration = generation;
            context.faults().over(FAULT, "*");
            LOG.info(
                    "archive looked over finished={} entered={} missing={} unreadable={} failed={}",
                    report.finished(),
                    report.entered(),
                    report.missing(),
                    report.unreadable(),
                    report.failed());
            retryReconcile = report.failed() > 0;
            if (retryReconcile) {
                delays.failed(FAULT);
            } else {
                delays.over(FAULT);
            }
        } catch (IOException e) {
            context.registrar().markIncomplete();
            context.faults().fault(FAULT, "*", String.valueOf(e.getMessage()));
        }
    }

    /// Writes `metadata.json` of the sessions that have changed enough.
    private void describe() throws CatalogUnavailableException {
        for (SessionKey session : context.registrar().takeTouched()) {
            var recording = recordings.find(session.stream(), session.session());
            long before = framesDescribed.getOrDefault(session, 0L);
            if (recording.isPresent()
                    && (recording.get().ended() || recording.get().frames() > before * GROWTH)) {
                describe(session, recording.get());
            }
        }
    }

    private void describe(SessionKey session, Recording recording) {
        try {
            metadata.write(session.stream(), session.session());
            framesDescribed.put(session, recording.frames());
            if (recording.ended()) {
                framesDescribed.remove(session);
            }
        } catch (IOException | RuntimeException e) {
            context.registrar().touch(session);
            context.faults().fault("metadata not written", session.stream(), e.toString());
        }
    }
}
