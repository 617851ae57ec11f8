package dev.aerie.ingest.gortc;

import dev.aerie.ingest.source.SourceSpec;
import dev.aerie.ingest.source.Sources;
import dev.aerie.messages.FrameId;
import dev.aerie.rtsp.gortc.Go2rtc;
import dev.aerie.rtsp.gortc.Go2rtcAddress;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the cameras of a go2rtc and pulls each as a source of this server, under its name there: new ones within
/// seconds, and no more those that it lists no longer. A name that cannot be a stream's is left out, and so is one that
/// is a source of this server already.
///
/// Owns `go2rtc` and its thread, the only one that speaks with it.
public final class Go2rtcCameras implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Go2rtcCameras.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Go2rtc go2rtc;
    private final Go2rtcAddress address;
    private final Sources sources;
    private final BackgroundThread thread;
    private final Set<String> found = new TreeSet<>();
    private final Set<String> leftOut = new TreeSet<>();

    public Go2rtcCameras(Go2rtcAddress address, Sources sources) {
        this(address, sources, LOOK_EVERY);
    }

    Go2rtcCameras(Go2rtcAddress address, Sources sources, Duration lookEvery) {
        this.go2rtc = new Go2rtc(address.api());
        this.address = address;
        this.sources = sources;
        this.thread = BackgroundThread.every("go2rtc-cameras", lookEvery, this::lookIfItAnswers);
    }

    public void start() {
        thread.start();
    }

    /// Ends the search; the sources stay.
    @Override
    public void close() {
        thread.close(CLOSE_LIMIT);
        go2rtc.close();
    }

    private void lookIfItAnswers() throws InterruptedException {
        try {
            look();
        } catch (IOException e) {
            LOG.warn("go2rtc away host={} cause={}", address.host(), e.getMessage());
        }
    }

    private void look() throws IOException, InterruptedException {
        Set<String> listed = go2rtc.list().keySet();
        for (String gone : List.copyOf(found)) {
            if (!listed.contains(gone)) {
                found.remove(gone);
                sources.remove(gone);
                LOG.info("camera gone from go2rtc stream={}", gone);
            }
        }
        leftOut.retainAll(listed);
        for (String name : listed) {
            if (!found.contains(name) && !leftOut.contains(name)) {
                take(name);
            }
        }
    }

    private void take(String name) throws IOException, InterruptedException {
        Optional<String> obstacle = obstacle(name);
        if (obstacle.isPresent()) {
            leftOut.add(name);
            LOG.warn("camera of go2rtc left out name={} cause={}", name, obstacle.get());
            return;
        }
        try {
            sources.put(name, new SourceSpec.RtspPull(List.of(address.base(go2rtc) + "/" + name), null));
            found.add(name);
            LOG.info("camera found at go2rtc stream={}", name);
        } catch (IllegalStateException e) {
            leftOut.add(name);
            LOG.warn("camera of go2rtc left out name={} cause={}", name, e.getMessage());
        }
    }

    private Optional<String> obstacle(String name) {
        if (!FrameId.isStreamName(name)) {
            return Optional.of("no stream can have this name");
        }
        return sources.find(name).isPresent() ? Optional.of("there is a source of this name") : Optional.empty();
    }
}
