package dev.aerie.simulator;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.natives.NativeLibraries;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import dev.aerie.simulator.drone.DroneClient;
import dev.aerie.simulator.drone.DroneConfig;
import dev.aerie.simulator.drone.FileVideo;
import dev.aerie.simulator.drone.RenderedVideo;
import dev.aerie.simulator.drone.RenderingCost;
import dev.aerie.simulator.drone.SceneFit;
import dev.aerie.simulator.drone.VideoFailedException;
import dev.aerie.simulator.drone.VideoSource;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.tls.TrustedAuthorities;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A drone that pushes its video to an ingest server until it is stopped.
@Command(name = "drone", mixinStandardHelpOptions = true, description = "Pushes video over a WebSocket in real time.")
public final class Drone implements Callable<Integer> {

    private static final int MAX_TRUE_FRAMES = 18_000;

    private static final Logger LOG = LoggerFactory.getLogger(Drone.class);

    /// Its video cannot be read or drawn.
    private static final int CANNOT_START = 2;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:5001", description = "Ingest. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:5001");

    @Option(names = "--stream", defaultValue = "drone", description = "Stream. Default: ${DEFAULT-VALUE}")
    private String stream = "drone";

    @Option(names = "--video", description = "A file with H.264 video instead of a rendered scene")
    private Optional<Path> video = Optional.empty();

    @Option(names = "--loop", description = "Play the file for ever")
    private boolean isLooped;

    @Option(names = "--barcode", description = "Frames that carry their number instead of a rendered scene")
    private boolean isBarcode;

    @Option(names = "--scenario", defaultValue = "TOWN", description = "One of ${COMPLETION-CANDIDATES}")
    private Scenario scenario = Scenario.TOWN;

    @Option(names = "--seed", defaultValue = "7", description = "Of the scene. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--size",
            defaultValue = "1280x720",
            converter = FrameSizeOption.class,
            description = "Of drawn frames. Default: ${DEFAULT-VALUE}")
    private FrameSize size = new FrameSize(1280, 720);

    @Option(names = "--fps", defaultValue = "30", description = "Of drawn frames. Default: ${DEFAULT-VALUE}")
    private double framesPerSecond;

    @Option(
            names = "--cores",
            paramLabel = "N",
            description = "Choose size and rate of a scene so that drawing takes at most so many cores, 0.7 say")
    private Optional<Double> cores = Optional.empty();

    @Option(
            names = "--fit",
            paramLabel = "FILE",
            description = "With --cores: note what was chosen in FILE, or take it from there where it is noted")
    private Optional<Path> fitFile = Optional.empty();

    @Option(names = "--bitrate", defaultValue = "4000000", description = "Bit/s. Default: ${DEFAULT-VALUE}")
    private int bitsPerSecond;

    @Option(names = "--idr-every", defaultValue = "30", description = "Frames. Default: ${DEFAULT-VALUE}")
    private int framesPerIdr;

    @Option(
            names = "--deblocking",
            arity = "1",
            defaultValue = "false",
            description = "true: smooth the edges of blocks, for about a tenth more time")
    private boolean isDeblocked;

    @Option(names = "--chunk-bytes", defaultValue = "0", description = "Cut units so small. Default: whole units")
    private int chunkBytes;

    @Option(names = "--imu-noise", description = "Inertial samples as a MEMS sensor gives them, not perfect ones")
    private boolean isImuNoisy;

    @Option(
            names = "--truth",
            description = "Add what each of the first 18000 frames sent shows to this file, a line of JSON each")
    private Optional<Path> truth = Optional.empty();

    @Option(names = "--hold", description = "Get ready, and fly once a line comes on standard input")
    private boolean isHeld;

    @Option(
            names = "--longest-retry",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Between attempts to connect. Default: ${DEFAULT-VALUE}")
    private double longestRetrySeconds;

    @Option(names = "--seconds", description = "Fly so long. Default: until stopped")
    private Optional<Double> seconds = Optional.empty();

    @Option(
            names = "--credentials",
            defaultValue = "${env:DRONE_CREDENTIALS}",
            description = "user:password for HTTP Basic; better given as DRONE_CREDENTIALS")
    private Optional<String> credentials = Optional.empty();

    public static void main(String[] arguments) {
        NativeLibraries.of(FfmpegLibraries.VIDEO).startWith("drone");
        TrustedAuthorities.startWith("drone");
        System.exit(new CommandLine(new Drone())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() {
        try (var source = openVideo()) {
            if (isHeld) {
                LOG.info("drone ready stream={}", stream);
                if (!mayFly()) {
                    return 0;
                }
            }
            return fly(source);
        } catch (IOException e) {
            System.err.println("drone: " + e.getMessage());
            return CANNOT_START;
        }
    }

    /// Waits for the start command; false at the end of the input.
    private static boolean mayFly() throws IOException {
        return System.in.read() >= 0;
    }

    private int fly(VideoSource source) throws IOException {
        try (var log = openTruth()) {
            Optional<Consumer<FrameTruth>> told = truth.map(_ -> firstOnes(shown -> log.println(shown.toJson())));
            var client = new DroneClient(config(), source, Clock.systemUTC(), told);
            var landing = landingHook(client, Thread.currentThread());
            Runtime.getRuntime().addShutdownHook(landing);
            var done = client.run();
            LOG.info(
                    "drone landed stream={} frames={} bytes={} late={} skipped={} imu={} connections={}",
                    stream,
                    done.framesSent(),
                    done.bytesSent(),
                    done.lateFrames(),
                    done.skippedFrames(),
                    done.imuSamplesSent(),
                    done.connections());
            return done.framesSent() > 0 ? 0 : 1;
        } catch (VideoFailedException e) {
            System.err.println("drone: " + e.getMessage());
            return 1;
        }
    }

    /// On SIGTERM: lands, and lets the flying thread close what it opened.
    private static Thread landingHook(DroneClient client, Thread flying) {
        return new Thread(
                () -> {
                    client.stop();
                    try {
                        flying.join(Duration.ofSeconds(3));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                },
                "landing");
    }

    /// An endless flight must not fill the disk.
    private static Consumer<FrameTruth> firstOnes(Consumer<FrameTruth> log) {
        var left = new AtomicInteger(MAX_TRUE_FRAMES);
        return shown -> {
            if (left.getAndDecrement() > 0) {
                log.accept(shown);
            }
        };
    }

    @MustBeClosed
    private PrintStream openTruth() throws IOException {
        var file = truth.isPresent()
                ? Files.newOutputStream(truth.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : OutputStream.nullOutputStream();
        return new PrintStream(file, true, StandardCharsets.UTF_8);
    }

    private DroneConfig config() {
        var longest = Duration.ofMillis(Math.round(Math.max(1, longestRetrySeconds) * 1000));
        var config = DroneConfig.of(url, stream)
                .withRetries(Duration.ofSeconds(1), longest)
                .withChunkBytes(chunkBytes)
                .withImuNoise(isImuNoisy ? ImuNoise.MEMS : ImuNoise.NONE);
        config = seconds.isPresent() ? config.withRunFor(Duration.ofMillis(Math.round(seconds.get() * 1000))) : config;
        return credentials.isPresent() ? config.withCredentials(credentials.get()) : config;
    }

    @MustBeClosed
    private VideoSource openVideo() throws IOException {
        if (video.isPresent()) {
            return new FileVideo(new FfmpegAccessUnits(VideoInput.file(stream, video.get())), isLooped);
        }
        var settings =
                new EncoderSettings(size, framesPerSecond, bitsPerSecond, framesPerIdr).withDeblocking(isDeblocked);
        return isBarcode ? RenderedVideo.ofBarcodes(settings) : openScene(settings);
    }

    @MustBeClosed
    private VideoSource openScene(EncoderSettings asked) throws IOException {
        var scene = scenario.scene(seed);
        if (cores.isEmpty()) {
            return RenderedVideo.ofScene(asked, scene);
        }
        var fit = fit(scene, asked);
        LOG.info(
                "drone fits its scene stream={} width={} height={} fps={} cores={} coresAtMost={}",
                stream,
                fit.size().widthPixels(),
                fit.size().heightPixels(),
                fit.framesPerSecond(),
                String.format(Locale.ROOT, "%.2f", fit.cores()),
                cores.get());
        var settings = new EncoderSettings(fit.size(), fit.framesPerSecond(), bitsPerSecond, framesPerIdr);
        return RenderedVideo.ofScene(settings.withDeblocking(isDeblocked), scene);
    }

    private SceneFit fit(Scene scene, EncoderSettings asked) throws IOException {
        if (fitFile.isPresent() && Files.exists(fitFile.get())) {
            return SceneFit.read(fitFile.get());
        }
        var fit = SceneFit.choose(cores.orElse(1.0), new RenderingCost(scene, asked));
        if (fitFile.isPresent()) {
            fit.write(fitFile.get());
        }
        return fit;
    }
}
