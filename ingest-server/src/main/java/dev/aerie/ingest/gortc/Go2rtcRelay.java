package dev.aerie.ingest.gortc;

import dev.aerie.ingest.stream.StreamChange;
import dev.aerie.rtsp.gortc.Go2rtc;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps go2rtc's stream list in step with ours: every published stream is added, every ended one removed. Streams
/// added by others are not touched. Checks every few seconds, so that a restarted go2rtc gets its streams back.
///
/// Owns `go2rtc` and its thread, the only one that speaks with it.
public final class Go2rtcRelay implements StreamChange.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Go2rtcRelay.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration READY_WITHIN = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Go2rtc go2rtc;
    private final UnaryOperator<String> ourUrl;
    private final BackgroundThread thread;
    private final Set<String> wanted = new ConcurrentSkipListSet<>();
    private final Set<String> added = new TreeSet<>();
    private final Set<String> ready = new ConcurrentSkipListSet<>();
    private final LinkedBlockingQueue<String> wake = new LinkedBlockingQueue<>();
    private volatile boolean healthy;

    /// `ourUrl`: the RTSP URL at which go2rtc reads one of our streams
    public Go2rtcRelay(Go2rtc go2rtc, UnaryOperator<String> ourUrl) {
        this.go2rtc = go2rtc;
        this.ourUrl = ourUrl;
        this.thread = BackgroundThread.of("go2rtc", this::run);
    }

    public void start() {
        thread.start();
    }

    /// Whether go2rtc answered the last request.
    public boolean isHealthy() {
        return healthy;
    }

    /// The streams whose frames go2rtc receives.
    public Set<String> ready() {
        return Set.copyOf(ready);
    }

    @Override
    public void heard(StreamChange change) {
        String stream = change.last().id().stream();
        switch (change) {
            case StreamChange.Started _ -> wanted.add(stream);
            case StreamChange.Ended _ -> wanted.remove(stream);
            case StreamChange.Changed _, StreamChange.Stalled _ -> {
                return;
            }
        }
        wake.add(stream);
    }

    /// Removes our streams from go2rtc, if it answers, and ends.
    @Override
    public void close() {
        try {
            if (thread.close(CLOSE_LIMIT)) {
                wanted.clear();
                adjust();
            }
        } catch (IOException e) {
            LOG.warn("go2rtc keeps our streams cause={}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            go2rtc.close();
        }
    }

    private void run() throws InterruptedException {
        while (true) {
            adjustIfItAnswers();
            String _ = wake.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void adjustIfItAnswers() throws InterruptedException {
        try {
            adjust();
            healthy = true;
        } catch (IOException e) {
            healthy = false;
            ready.clear();
            LOG.warn("go2rtc away cause={} retryMillis={}", e.getMessage(), LOOK_EVERY.toMillis());
        } catch (RuntimeException | Error e) {
            healthy = false;
            throw e;
        }
    }

    private void adjust() throws IOException, InterruptedException {
        var present = go2rtc.list().keySet();
        for (String stream : List.copyOf(added)) {
            if (!wanted.contains(stream)) {
                go2rtc.remove(stream);
                added.remove(stream);
                ready.remove(stream);
            }
        }
        for (String stream : wanted) {
            if (!present.contains(stream) || !added.contains(stream)) {
                go2rtc.add(stream, List.of(ourUrl.apply(stream)));
                added.add(stream);
                ready.remove(stream);
            }
            if (!ready.contains(stream) && go2rtc.awaitReady(stream, READY_WITHIN)) {
                ready.add(stream);
                LOG.info("go2rtc relays stream={}", stream);
            }
        }
    }
}
