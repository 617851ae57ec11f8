package dev.aerie.cli.live;

import static java.util.Objects.requireNonNull;

import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.cli.rerun.PointCloud;
import dev.aerie.cli.rerun.RerunRecording;
import dev.aerie.cli.rerun.RrdWriter;
import dev.aerie.cli.view.Dashboard;
import dev.aerie.messages.FrameId;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.client.TcpUnits;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.AccessUnit;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie rerun`: until Ctrl-C; exit status 1 without an ingest-server or where the port is taken.
@Command(
        name = "rerun",
        description = "A stream, its results and poses in viewers of Rerun " + RrdWriter.VERSION + " while it goes on.",
        mixinStandardHelpOptions = true)
public final class RerunCommand implements Callable<Integer> {

    private static final String VIEWER = "rerun+http://127.0.0.1:9876/proxy";
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration MAP_PERIOD = Duration.ofSeconds(5);
    private static final Duration REPORT_PERIOD = Duration.ofSeconds(10);
    private static final int FAILED = 1;
    private static final int MAX_PORT = 65_535;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final LiveLog log = new LiveLog();

    @Parameters(paramLabel = "STREAM", description = "a stream of the ingest-server")
    private @Nullable String stream;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the viewer, rerun+http://HOST:PORT/proxy; RERUN_URL, else, without --serve, " + VIEWER)
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--serve",
            paramLabel = "PORT",
            description = "serves the stream on this port of loopback for viewers that come; 0 for any port")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--server",
            defaultValue = "http://127.0.0.1:5001",
            paramLabel = "URL",
            description = "the ingest-server; ${DEFAULT-VALUE}")
    private @Nullable URI server;

    @Option(
            names = "--fov",
            paramLabel = "DEGREES",
            description = "field of view of the camera from left to right, to draw its pyramid")
    private Optional<Double> fieldOfView = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "ends after so many seconds")
    private Optional<Long> seconds = Optional.empty();

    /// - `environment`: `RERUN_URL`; `AERIE_TOKEN`, or `AERIE_USERNAME` and `AERIE_PASSWORD`, are of HTTP,
    ///   `RTSP_READ_USERNAME` and `RTSP_READ_PASSWORD` of the relay
    public RerunCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireOptions();
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try (var dashboard = new Dashboard(requireNonNull(server), AuthorizationHeader.of(environment));
                var viewers = viewers(vertx);
                var reader = reader(dashboard)) {
            dashboard.follow(reader.stream(), reader.recording::add);
            reader.start();
            viewers.start();
            run(dashboard, reader, viewers);
            return 0;
        } catch (IOException e) {
            err.println("aerie: rerun: " + e.getMessage());
            return FAILED;
        } finally {
            var _ = vertx.close();
        }
    }

    private void requireOptions() {
        if (!FrameId.isStreamName(requireNonNull(stream))) {
            throw new IllegalArgumentException("'" + stream + "' is no name of a stream");
        }
        var _ = RerunRecording.fieldOfView(fieldOfView);
        port.ifPresent(number -> {
            if (number < 0 || number > MAX_PORT) {
                throw new IllegalArgumentException("--serve takes a port, 0 to 65535, was " + number);
            }
        });
    }

    /// Until the time is over; for ever where none was given.
    private void run(Dashboard dashboard, FrameReader reader, Viewers viewers) throws InterruptedException {
        var over = new CountDownLatch(1);
        try (var refresh = BackgroundThread.every("rerun-refresh", REFRESH, reader.recording::refresh);
                var maps = BackgroundThread.every("rerun-map", MAP_PERIOD, new Maps(dashboard, reader)::fetch);
                var report = BackgroundThread.every("rerun-report", REPORT_PERIOD, viewers::report)) {
            refresh.start();
            maps.start();
            report.start();
            var _ = over.await(seconds.orElse(Long.MAX_VALUE), TimeUnit.SECONDS);
        }
    }

    private FrameReader reader(Dashboard dashboard) throws IOException, InterruptedException {
        var degrees = RerunRecording.fieldOfView(fieldOfView);
        String name = requireNonNull(stream);
        var config =
                RtspConfig.of(name, dashboard.relayed(name, environment)).withProvider(new BackpressurePolicy.Inline());
        return new FrameReader(config, new LiveRecording(log, name, degrees));
    }

    private Viewers viewers(Vertx vertx) throws IOException, InterruptedException {
        Optional<RerunServer> served = port.isPresent()
                ? Optional.of(RerunServer.start(vertx, port.get(), requireNonNull(stream), log))
                : Optional.empty();
        served.ifPresent(listening -> tell(listening.addresses()));
        Optional<URI> viewer = url.or(() -> Optional.ofNullable(environment.get("RERUN_URL"))
                        .filter(text -> !text.isBlank())
                        .map(URI::create))
                .or(() -> port.isPresent() ? Optional.empty() : Optional.of(URI.create(VIEWER)));
        return new Viewers(served, viewer.map(proxy -> new ProxyClient(vertx, proxy, log, this::tell)), this::tell);
    }

    private void tell(String line) {
        out.println(line);
        out.flush();
    }

    /// Those whom the stream goes to.
    private static final class Viewers implements AutoCloseable {

        private final Optional<RerunServer> served;
        private final Optional<ProxyClient> called;
        private final Consumer<String> told;
        private long droppedBefore;

        Viewers(Optional<RerunServer> served, Optional<ProxyClient> called, Consumer<String> told) {
            this.served = served;
            this.called = called;
            this.told = told;
        }

        void start() {
            called.ifPresent(ProxyClient::start);
        }

        void report() {
            long dropped = served.map(RerunServer::dropped).orElse(0L)
                    + called.map(ProxyClient::dropped).orElse(0L);
            if (dropped > droppedBefore) {
                told.accept((dropped - droppedBefore) + " messages dropped: a viewer is too slow");
                droppedBefore = dropped;
            }
        }

        @Override
        public void close() {
            called.ifPresent(ProxyClient::close);
            served.ifPresent(RerunServer::close);
        }
    }

    /// The map, where it has changed.
    private static final class Maps {

        private final Dashboard dashboard;
        private final FrameReader reader;
        private int lastHash;

        Maps(Dashboard dashboard, FrameReader reader) {
            this.dashboard = dashboard;
            this.reader = reader;
        }

        void fetch() throws InterruptedException {
            try {
                Optional<byte[]> file = dashboard.map(reader.stream());
                if (file.isPresent() && Arrays.hashCode(file.get()) != lastHash) {
                    lastHash = Arrays.hashCode(file.get());
                    reader.recording.addPoints(PointCloud.of(file.get(), "the map"));
                }
            } catch (IOException _) {
                // the next round sees
            }
        }
    }

    /// Coded frames of the stream, all of them.
    private static final class FrameReader extends RtspConsumer<AccessUnit> {

        private final LiveRecording recording;

        FrameReader(RtspConfig config, LiveRecording recording) {
            super(config, TcpUnits.live(config), new SplittableRandom());
            this.recording = recording;
        }

        @Override
        protected void accept(AccessUnit unit) {
            unit.stamp().ifPresent(stamp -> recording.add(unit, stamp));
        }
    }
}
