package dev.aerie.simulator;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.ImuSampler;
import dev.aerie.simulator.truth.TruthFiles;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a scene's frames, its video and its ground truth into a folder; `docs/simulator.md` gives the layout.
@Command(name = "render", mixinStandardHelpOptions = true, description = "Writes a scene with its truth to files.")
public final class RenderScene implements Callable<Integer> {

    private static final int TICKS_PER_SECOND = 90_000;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("FieldCanBeFinal") // picocli sets it
    private Purpose purpose = new Purpose();

    @Option(names = "--scenario", defaultValue = "TOWN", description = "One of ${COMPLETION-CANDIDATES}")
    private Scenario scenario = Scenario.TOWN;

    @Option(names = "--seed", defaultValue = "7", description = "Of the scene. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--frames", description = "How many. Default: the scenario's length")
    private Optional<Integer> frames = Optional.empty();

    @Option(names = "--size", defaultValue = "1280x720", converter = FrameSizeOption.class, description = "Of frames")
    private FrameSize size = new FrameSize(1280, 720);

    @Option(names = "--fps", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}")
    private double framesPerSecond;

    @Option(names = "--bitrate", defaultValue = "4000000", description = "Of video.h264. Default: ${DEFAULT-VALUE}")
    private int bitsPerSecond;

    @Option(
            names = "--deblocking",
            arity = "1",
            defaultValue = "true",
            description = "false: encode in about a tenth less time; blocks show where bits are few")
    private boolean isDeblocked;

    @Option(names = "--imu-noise", description = "Inertial samples as a MEMS sensor gives them, not perfect ones")
    private boolean isImuNoisy;

    @Option(names = "--shutter-ms", defaultValue = "0", description = "Motion blur: open so long. Default: none")
    private double shutterMillis;

    @Option(names = "--slam", description = "Only what `eval slam` reads: no masks, depth, objects, video")
    private boolean isForSlam;

    /// Files, or only figures.
    static final class Purpose {
        @Option(names = "--out", required = true, description = "Folder to write; created where missing")
        private Path out = Path.of(".");

        @Option(
                names = "--bench",
                required = true,
                paramLabel = "FRAMES",
                description = "Write nothing; measure the cost of rendering and encoding this many")
        private int benchFrames;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RenderScene())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var scene = scenario.scene(seed).withShutter(shutterMillis / 1000);
        var settings = new EncoderSettings(size, framesPerSecond, bitsPerSecond, 30).withDeblocking(isDeblocked);
        if (purpose.benchFrames > 0) {
            System.out.println(new SceneBench(scene, settings, purpose.benchFrames).run());
        } else {
            writeFiles(scene, settings, purpose.out);
        }
        return 0;
    }

    private void writeFiles(Scene scene, EncoderSettings settings, Path out) throws IOException {
        var renderer = new Renderer(CameraIntrinsics.of(size));
        var imu = new ImuSampler(scene.trajectory(), isImuNoisy ? ImuNoise.MEMS : ImuNoise.NONE, seed);
        int count = frames.orElse((int) Math.round(scene.seconds() * framesPerSecond));
        try (var truth = new TruthFiles(out, contentOf(isForSlam), scene, renderer.camera(), framesPerSecond, imu)) {
            if (isForSlam) {
                write(scene, renderer, count, truth, _ -> {});
            } else {
                writeWithVideo(scene, renderer, count, truth, settings, out.resolve("video.h264"));
            }
        }
        System.out.println(count + " frames of " + scenario.optionName() + " in " + out);
    }

    private static TruthFiles.Content contentOf(boolean isForSlam) {
        return isForSlam ? TruthFiles.Content.SLAM : TruthFiles.Content.ALL;
    }

    private void writeWithVideo(
            Scene scene, Renderer renderer, int count, TruthFiles truth, EncoderSettings settings, Path file)
            throws IOException {
        var i420 = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3 / 2);
        try (var encoder = new H264Encoder(settings);
                var channel = Channels.newChannel(Files.newOutputStream(file))) {
            write(scene, renderer, count, truth, frame -> {
                renderer.frame().copyAsI420(i420);
                long ticks = Math.round(frame * TICKS_PER_SECOND / framesPerSecond);
                channel.write(encoder.encodeI420(i420, ticks).annexB());
            });
        }
    }

    private interface FrameSink {
        void drawn(int frame) throws IOException;
    }

    private void write(Scene scene, Renderer renderer, int count, TruthFiles truth, FrameSink sink) throws IOException {
        for (int frame = 0; frame < count; frame++) {
            renderer.render(scene, frame / framesPerSecond);
            truth.add(renderer);
            sink.drawn(frame);
        }
    }
}
