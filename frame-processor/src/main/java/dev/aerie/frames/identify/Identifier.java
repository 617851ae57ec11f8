package dev.aerie.frames.identify;

import dev.aerie.frames.crop.Crop;
import dev.aerie.frames.crop.Enhancer;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Identification.Finding;
import dev.aerie.messages.Producer;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Identifies objects with a [VisionApi], one after another on a dedicated thread, with a maximum per minute, and
/// publishes the results.
///
/// Each object is identified once; a failed request is repeated after a pause, at most [#MAX_ATTEMPTS] times in all.
/// The queue is bounded. Safe for several threads; owns its thread and the API until [#close].
public final class Identifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Identifier.class);
    private static final int MAX_PENDING = 32;
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_FRAMES = 3;

    private final VisionApi api;
    private final Duration between;
    private final Consumer<Identification> publish;
    private final Producer producer;
    private final InstantSource clock;
    private final IdentificationRequests requested = new IdentificationRequests();
    private final BlockingQueue<Request> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private final BackgroundThread worker;

    private record Request(VisionApi.Subject subject, List<Crop> crops, int attempts) {}

    /// - `api`: owned from here on
    /// - `perMinute`: most calls, at least 1
    /// - `publish`: never blocks
    public Identifier(
            VisionApi api, int perMinute, Consumer<Identification> publish, Producer producer, InstantSource clock) {
        this.api = api;
        this.between = Duration.ofMinutes(1).dividedBy(perMinute);
        this.publish = publish;
        this.producer = producer.with(api.name());
        this.clock = clock;
        this.worker = BackgroundThread.of("identifier", this::work);
        worker.start();
    }

    /// Whether identification of the object was not requested yet.
    boolean isNew(VisionApi.Subject subject) {
        return !requested.contains(subject);
    }

    /// Queues a request for an object; ignored where one was queued before, or where the queue is full: call again
    /// then.
    ///
    /// - `crops`: best first, at least one
    void enqueue(VisionApi.Subject subject, List<Crop> crops) {
        if (requested.add(subject) && !pending.offer(new Request(subject, crops, 1))) {
            requested.remove(subject);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
        api.close();
        worker.close();
    }

    private void work() throws InterruptedException {
        while (true) {
            Request next = pending.take();
            identify(next);
            TimeUnit.NANOSECONDS.sleep(between.toNanos());
        }
    }

    private void identify(Request request) throws InterruptedException {
        var subject = request.subject();
        try {
            List<Finding> findings = api.identify(subject, frames(request.crops()));
            publish.accept(message(subject, request.crops(), findings));
        } catch (IOException e) {
            LOG.warn(
                    "object not identified stream={} object={} try={} cause={}",
                    subject.stream(),
                    subject.object(),
                    request.attempts(),
                    e.getMessage());
            retry(request);
        }
    }

    private void retry(Request request) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(between.toNanos() * request.attempts());
        boolean isWorthwhile = request.attempts() < MAX_ATTEMPTS;
        if (isWorthwhile && !pending.offer(new Request(request.subject(), request.crops(), request.attempts() + 1))) {
            requested.remove(request.subject());
        }
    }

    /// The enhanced image, then the best crops as they are.
    private static List<byte[]> frames(List<Crop> crops) {
        var frames = new ArrayList<byte[]>();
        frames.add(Enhancer.enhance(crops));
        crops.stream().limit(MAX_FRAMES - 1).map(Crop::toJpeg).forEach(frames::add);
        return frames;
    }

    private Identification message(VisionApi.Subject subject, List<Crop> crops, List<Finding> findings) {
        var best = crops.getFirst().stamp();
        var envelope = Envelope.ofFrame(best.id(), best.captureTimeNanos(), best.clock(), clock.instant(), producer);
        List<Long> frames =
                crops.stream().map(crop -> crop.stamp().id().frameNumber()).toList();
        return new Identification(envelope, subject.object(), findings, frames);
    }
}
