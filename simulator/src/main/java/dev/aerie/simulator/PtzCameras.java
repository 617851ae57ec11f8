package dev.aerie.simulator;

import dev.aerie.auth.Credentials;
import dev.aerie.natives.NativeLibraries;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.device.isapi.IsapiFeatures;
import dev.aerie.ptz.device.isapi.IsapiServer;
import dev.aerie.ptz.device.onvif.OnvifFeatures;
import dev.aerie.ptz.device.onvif.OnvifServer;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.simulator.drone.DroneConfig;
import dev.aerie.simulator.drone.VideoFailedException;
import dev.aerie.simulator.ptz.PtzCameraRun;
import dev.aerie.simulator.ptz.PtzScene;
import dev.aerie.simulator.ptz.PtzTruth;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// PTZ cameras in the rendered town that push their video to an ingest server and obey their protocols: `ptz-1` speaks
/// Hikvision's ISAPI, `ptz-2` speaks ONVIF.
@Command(name = "ptz-cameras", mixinStandardHelpOptions = true, description = "PTZ cameras in the rendered town.")
public final class PtzCameras implements Callable<Integer> {

    /// Of the environment: who may command the cameras.
    public static final String USERNAME = "PTZ_CAMERA_USERNAME";

    public static final String PASSWORD = "PTZ_CAMERA_PASSWORD";

    private static final Logger LOG = LoggerFactory.getLogger(PtzCameras.class);
    private static final int CANNOT_START = 2;

    /// Of all cameras together: an endless run must not fill the disk.
    private static final long MAX_TRUE_FRAMES = 36_000;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:5001", description = "Ingest. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:5001");

    @Option(names = "--cameras", defaultValue = "1", description = "1 or 2. Default: ${DEFAULT-VALUE}")
    private int cameras = 1;

    @Option(
            names = "--rtsp",
            defaultValue = "rtsp://127.0.0.1:8554",
            description = "Where the relay is, for who asks a camera for its video. Default: ${DEFAULT-VALUE}")
    private URI rtsp = URI.create("rtsp://127.0.0.1:8554");

    @Option(names = "--isapi-port", defaultValue = "0", description = "Of ptz-1. Default: a free one")
    private int isapiPort;

    @Option(names = "--onvif-port", defaultValue = "0", description = "Of ptz-2. Default: a free one")
    private int onvifPort;

    @Option(names = "--personality", defaultValue = "typical", description = "How they move. Default: ${DEFAULT-VALUE}")
    private String personality = "typical";

    @Option(names = "--seed", defaultValue = "7", description = "Of the scene. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--size",
            defaultValue = "960x540",
            converter = FrameSizeOption.class,
            description = "Of the frames. Default: ${DEFAULT-VALUE}")
    private FrameSize size = new FrameSize(960, 540);

    @Option(names = "--fps", defaultValue = "15", description = "Default: ${DEFAULT-VALUE}")
    private double framesPerSecond;

    @Option(names = "--bitrate", defaultValue = "3000000", description = "Bit/s. Default: ${DEFAULT-VALUE}")
    private int bitsPerSecond;

    @Option(names = "--truth", description = "Add what each frame sent shows to this file, a line of JSON each")
    private Optional<Path> truth = Optional.empty();

    @Option(names = "--hold", description = "Get ready, and send video once a line comes on standard input")
    private boolean isHeld;

    public static void main(String[] arguments) {
        NativeLibraries.of(FfmpegLibraries.VIDEO).startWith("ptz-cameras");
        System.exit(new CommandLine(new PtzCameras()).execute(arguments));
    }

    @Override
    public Integer call() {
        var runs = new ArrayList<PtzCameraRun>();
        var servers = new ArrayList<AutoCloseable>();
        try (var log = openTruth()) {
            open(runs, log);
            for (int i = 0; i < runs.size(); i++) {
                servers.add(serve(i, runs.get(i).device()));
            }
            LOG.info("ptz cameras ready cameras={}", cameras);
            if (isHeld && System.in.read() < 0) {
                return 0;
            }
            return film(runs);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("ptz-cameras: " + e.getMessage());
            return CANNOT_START;
        } finally {
            servers.forEach(PtzCameras::close);
            runs.forEach(PtzCameraRun::close);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // call() closes them
    private void open(List<PtzCameraRun> runs, PrintStream log) throws IOException {
        var clock = InstantSource.system();
        var start = clock.instant();
        var scene = PtzScene.plaza(seed, cameras);
        var left = new AtomicLong(MAX_TRUE_FRAMES);
        Consumer<PtzTruth> writer = shown -> {
            if (left.getAndDecrement() > 0) {
                log.println(shown.toJson());
            }
        };
        var settings = new EncoderSettings(size, framesPerSecond, bitsPerSecond, (int) Math.ceil(2 * framesPerSecond));
        for (var camera : scene.cameras()) {
            var config = DroneConfig.of(url, camera.name()).withRetries(Duration.ofSeconds(1), Duration.ofSeconds(1));
            runs.add(new PtzCameraRun(
                    camera, kind(), scene.scene(), settings, config, clock, start, seed, truth.map(_ -> writer)));
        }
    }

    private Personality kind() {
        return Personalities.find(personality)
                .orElseThrow(() -> new IllegalArgumentException("--personality: no such one: " + personality));
    }

    private AutoCloseable serve(int index, PtzDevice device) throws IOException {
        var credentials = new Credentials(required(USERNAME), required(PASSWORD));
        var config = DeviceServerConfig.onLoopback(credentials);
        return index == 0
                ? IsapiServer.start(device, IsapiFeatures.CURRENT, config.withPort(isapiPort))
                : OnvifServer.start(device, onvifFeatures(), config.withPort(onvifPort));
    }

    private OnvifFeatures onvifFeatures() {
        return OnvifFeatures.of("Aerie PTZ simulator", rtsp.resolve("/ptz-2")).withDegrees();
    }

    private static String required(String variable) {
        String value = System.getenv().getOrDefault(variable, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(variable + " is not set");
        }
        return value;
    }

    /// One thread per camera, until SIGTERM or until one fails.
    private static int film(List<PtzCameraRun> runs) {
        var ending = new Thread(() -> runs.forEach(PtzCameraRun::stop), "end-cameras");
        Runtime.getRuntime().addShutdownHook(ending);
        var threads = runs.stream()
                .map(run -> Thread.ofPlatform().name("camera").start(() -> film(run, runs)))
                .toList();
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                runs.forEach(PtzCameraRun::stop);
            }
        }
        return runs.stream().allMatch(run -> run.frames() > 0) ? 0 : 1;
    }

    private static void film(PtzCameraRun run, List<PtzCameraRun> all) {
        try {
            run.run();
        } catch (VideoFailedException e) {
            LOG.error("ptz camera failed", e);
            all.forEach(PtzCameraRun::stop);
        }
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            LOG.warn("a protocol server did not close cause={}", e.toString());
        }
    }

    private PrintStream openTruth() throws IOException {
        var file = truth.isPresent()
                ? Files.newOutputStream(truth.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : OutputStream.nullOutputStream();
        return new PrintStream(file, true, StandardCharsets.UTF_8);
    }
}
