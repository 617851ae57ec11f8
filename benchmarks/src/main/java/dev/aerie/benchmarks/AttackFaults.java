package dev.aerie.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import dev.aerie.host.ServiceApi;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Faults of what is around an ingest-server, while strangers attack it: its broker is killed and comes back, the
/// disk of the storage-service that records its stream fills and gets room again, and the network of one reader
/// stands still and is cut. Owns these processes, the broker excepted, and two threads. Used by one thread.
final class AttackFaults implements AutoCloseable {

    private static final Duration CYCLE = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final double ROOM = 1.3;
    private static final long SPARE_BYTES = 64L << 20;

    private final String stream;
    private final BenchPublisher publisher;
    private final FaultyBroker broker;
    private final NumberedTelemetry telemetry;
    private final StallingProxy proxy;
    private final Probe behind;
    private final Optional<Recording> recording;
    private final List<Range> frames = new ArrayList<>();
    private final List<Range> messages = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile HealthAnswers storageHealth = new HealthAnswers(0, 0, null);
    private volatile @Nullable Exception failure;

    /// Numbers from the first (inclusive) to the last (exclusive).
    private record Range(long from, long to) {
        LongStream numbers() {
            return LongStream.range(from, to);
        }
    }

    /// A storage-service with a disk of its own.
    private record Recording(Child service, ServiceApi api, SmallDisk disk) {}

    private AttackFaults(
            String stream,
            BenchPublisher publisher,
            FaultyBroker broker,
            NumberedTelemetry telemetry,
            StallingProxy proxy,
            Probe behind,
            Optional<Recording> recording) {
        this.stream = stream;
        this.publisher = publisher;
        this.broker = broker;
        this.telemetry = telemetry;
        this.proxy = proxy;
        this.behind = behind;
        this.recording = recording;
    }

    /// - `broker`: that the relay uses
    /// - `recordedBytes`: that will be published while there are faults
    static AttackFaults start(
            Installation installation,
            AerieRelay.Started started,
            String stream,
            BenchPublisher publisher,
            FaultyBroker broker,
            long recordedBytes)
            throws IOException, PartFailedException, InterruptedException {
        var telemetry = NumberedTelemetry.start(started.api(), stream, broker.url());
        var proxy = StallingProxy.start(started.relay().rtspPort());
        var config = RtspConfig.of(stream, "rtsp://127.0.0.1:" + proxy.port() + "/" + stream);
        var recording = record(installation, started.relay(), broker.url(), recordedBytes);
        var behind = Probe.start(FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom()), publisher);
        return new AttackFaults(stream, publisher, broker, telemetry, proxy, behind, recording);
    }

    private static Optional<Recording> record(
            Installation installation, RunningRelay relay, String brokerUrl, long recordedBytes)
            throws IOException, PartFailedException, InterruptedException {
        Path folder = Files.createTempDirectory("aerie-bench-");
        if (!SmallDisk.isPossible(folder)) {
            Files.delete(folder);
            return Optional.empty();
        }
        var disk = new SmallDisk(folder, (long) (ROOM * recordedBytes) + SPARE_BYTES);
        int port = Ports.free();
        var settings = new HashMap<>(Map.of(
                "API_PORT",
                Integer.toString(port),
                "STREAM_NAME",
                "",
                "RTSP_PORT",
                Integer.toString(relay.rtspPort()),
                "RABBITMQ_URL",
                brokerUrl,
                "STORAGE_PATH",
                folder.toString(),
                "SNAPSHOT_INTERVAL",
                "0",
                "SEGMENT_LENGTH",
                "2",
                "RETENTION_FREE",
                "0"));
        var command = disk.command(installation.serviceCommand("storage-service"));
        var service = Child.start("storage-service", command, settings, installation.logs());
        var api = ServiceApi.onLoopback(port);
        try {
            service.awaitReady(api::isReady, RunningRelay.START_LIMIT);
        } catch (PartFailedException | InterruptedException notReady) {
            service.close();
            throw notReady;
        }
        return Optional.of(new Recording(service, api, disk));
    }

    /// Makes the faults of a part of this length, in cycles of about a minute, at whose end everything is whole
    /// again, and asks storage-service how it is; returns at once.
    void begin(Duration length) {
        threads.add(new Thread(() -> run(length), "faults"));
        threads.add(new Thread(() -> askStorage(length), "storage-health"));
        threads.forEach(Thread::start);
    }

    private void askStorage(Duration length) {
        try {
            if (recording.isPresent()) {
                storageHealth =
                        HealthAnswers.during(length, recording.get().api().root());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Duration length) {
        long cycles = Math.max(1, length.dividedBy(CYCLE));
        var cycle = length.dividedBy(cycles);
        try {
            for (long i = 0; i < cycles; i++) {
                runCycle(cycle);
            }
        } catch (IOException | PartFailedException e) {
            failure = e;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void runCycle(Duration cycle) throws IOException, PartFailedException, InterruptedException {
        long begin = System.nanoTime();
        at(begin, cycle, 5);
        int gone = telemetry.sent();
        broker.kill();
        at(begin, cycle, 15);
        proxy.stall();
        at(begin, cycle, 20);
        long full = publisher.sent();
        if (recording.isPresent()) {
            recording.get().disk().fill(recording.get().service().pid());
        }
        at(begin, cycle, 30);
        broker.comeBack();
        messages.add(new Range(gone, telemetry.sent()));
        at(begin, cycle, 45);
        proxy.resume();
        at(begin, cycle, 55);
        if (recording.isPresent()) {
            recording.get().disk().giveRoom(recording.get().service().pid());
        }
        frames.add(new Range(full, publisher.sent()));
        at(begin, cycle, 65);
        proxy.cut();
        at(begin, cycle, 100);
    }

    private static void at(long beginNanos, Duration cycle, int percent) throws InterruptedException {
        long due = beginNanos + cycle.toNanos() / 100 * percent;
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
    }

    /// What has been sent so far, and what the reader behind the faulty network sees from now on.
    record Mark(long frames, int messages, Latencies behind) {}

    Mark mark() {
        return new Mark(publisher.sent(), telemetry.sent(), behind.measure());
    }

    /// What came of what was sent since the mark; waits for what is under way.
    FaultFigures figures(Mark since) throws IOException, InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw new IOException("a fault could not be made: " + failure.getMessage(), failure);
        }
        int behindFrames = since.behind().count();
        var sentFrames = new Range(since.frames(), publisher.sent());
        var sentMessages = new Range(since.messages(), telemetry.sent());
        var kept = archived(sentFrames);
        awaitMessages(sentMessages);
        var without = all(frames);
        var away = all(messages);
        return new FaultFigures(
                recording.isPresent(),
                sentFrames.numbers().filter(number -> !without.contains(number)).count(),
                sentFrames
                        .numbers()
                        .filter(number -> !without.contains(number) && !kept.contains(number))
                        .count(),
                without.size(),
                without.stream().filter(number -> !kept.contains(number)).count(),
                sentMessages.numbers().filter(number -> !away.contains(number)).count(),
                lost(sentMessages.numbers().filter(number -> !away.contains(number))),
                away.size(),
                lost(away.stream().mapToLong(Long::longValue)),
                storageHealth.answered(),
                storageHealth.asked(),
                behindFrames);
    }

    @Override
    public void close() throws IOException {
        threads.forEach(Thread::interrupt);
        telemetry.close();
        behind.close();
        proxy.close();
        if (recording.isPresent()) {
            recording.get().service().close();
            Files.deleteIfExists(recording.get().disk().folder());
        }
    }

    /// Numbers of the frames that are in the archive, once the newest is, or 30 s later.
    private Set<Long> archived(Range sent) throws IOException, InterruptedException {
        if (recording.isEmpty()) {
            return Set.of();
        }
        var api = recording.get().api();
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        var kept = new HashSet<Long>();
        while (!kept.contains(sent.to() - 1) && System.nanoTime() < deadline) {
            Thread.sleep(POLL);
            for (JsonNode each : api.json("/api/recordings?stream=" + stream).path("recordings")) {
                var answer = api.json("/api/recordings/" + each.path("id").asText() + "/frames");
                answer.path("frames")
                        .forEach(frame -> kept.add(frame.path("frame_number").asLong()));
            }
        }
        return kept;
    }

    private void awaitMessages(Range sent) throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (lost(sent.numbers()) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(POLL);
        }
    }

    private long lost(LongStream numbers) {
        return numbers.filter(number -> !telemetry.hasArrived(number)).count();
    }

    private static Set<Long> all(List<Range> ranges) {
        var all = new HashSet<Long>();
        ranges.forEach(range -> range.numbers().forEach(all::add));
        return all;
    }
}
