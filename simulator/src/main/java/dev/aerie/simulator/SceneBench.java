package dev.aerie.simulator;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scene;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/// Renders and encodes a scene as fast as possible, and measures each stage: the work of a drone without its
/// network.
final class SceneBench {

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int WARM_UP_FRAMES = 150;

    private final Scene scene;
    private final EncoderSettings settings;
    private final Renderer renderer;
    private final ByteBuffer i420;
    private final StageTimes render;
    private final StageTimes convert;
    private final StageTimes encode;
    private final StageTimes all;
    private final int frames;
    private long bytes;

    SceneBench(Scene scene, EncoderSettings settings, int frames) {
        this.scene = scene;
        this.settings = settings;
        this.frames = frames;
        this.renderer = new Renderer(CameraIntrinsics.of(settings.size()));
        this.i420 = ByteBuffer.allocateDirect(
                settings.size().widthPixels() * settings.size().heightPixels() * 3 / 2);
        this.render = new StageTimes("render");
        this.convert = new StageTimes("convert");
        this.encode = new StageTimes("encode");
        this.all = new StageTimes("all");
    }

    /// Measures after a warm-up; returns a table.
    String run() throws IOException {
        try (var encoder = new H264Encoder(settings)) {
            for (int frame = 0; frame < WARM_UP_FRAMES; frame++) {
                draw(frame);
                renderer.frame().copyAsI420(i420);
                encode(encoder, frame);
            }
            bytes = 0;
            for (int i = 0; i < frames; i++) {
                long frame = (long) WARM_UP_FRAMES + i;
                all.measure(() -> {
                    render.measure(() -> draw(frame));
                    convert.measure(() -> renderer.frame().copyAsI420(i420));
                    encode.measure(() -> encode(encoder, frame));
                });
            }
        }
        return report();
    }

    private void draw(long frame) {
        renderer.render(scene, frame / settings.framesPerSecond());
    }

    private void encode(H264Encoder encoder, long frame) throws IOException {
        long ticks = Math.round(frame * TICKS_PER_SECOND / settings.framesPerSecond());
        bytes += encoder.encodeI420(i420, ticks).annexB().remaining();
    }

    private String report() {
        return String.join(
                System.lineSeparator(),
                "ms        cpu p50      p95      p99   wall p50      p95      p99",
                render.toString(),
                convert.toString(),
                encode.toString(),
                all.toString(),
                String.format(
                        Locale.ROOT,
                        "%d frames of %s after %d of warm-up: %.1f a second of CPU time, %.1f by the clock; %.2f"
                                + " Mbit/s",
                        frames,
                        settings.size(),
                        WARM_UP_FRAMES,
                        all.perCpuSecond(),
                        all.perWallSecond(),
                        bytes * 8 * settings.framesPerSecond() / frames / 1e6));
    }
}
