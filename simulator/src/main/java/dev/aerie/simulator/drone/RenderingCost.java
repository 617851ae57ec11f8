package dev.aerie.simulator.drone;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/// Measures the cost of rendering and encoding a scene: CPU time of this thread, so that other load on the machine
/// hardly affects it.
public final class RenderingCost implements SceneFit.Cost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// Time limit for one size; the first one includes JIT compilation.
    private static final long BUDGET_NANOS = 1_000_000_000L;

    private static final int MAX_FRAMES = 240;

    private final Scene scene;
    private final EncoderSettings like;

    /// - `like`: settings of the encoder, whatever their size
    public RenderingCost(Scene scene, EncoderSettings like) {
        this.scene = scene;
        this.like = like;
    }

    /// The median of the last third, after JIT compilation.
    @Override
    public double secondsPerFrame(FrameSize size) throws IOException {
        var settings = new EncoderSettings(
                size, like.framesPerSecond(), like.bitsPerSecond(), like.framesPerIdr(), like.isDeblocked());
        long[] nanos = new long[MAX_FRAMES];
        int count = 0;
        try (var video = RenderedVideo.ofScene(settings, scene)) {
            long begun = THREADS.getCurrentThreadCpuTime();
            long before = begun;
            while (count < MAX_FRAMES && before - begun < BUDGET_NANOS) {
                video.next();
                long now = THREADS.getCurrentThreadCpuTime();
                nanos[count++] = now - before;
                before = now;
            }
        }
        long[] last = Arrays.copyOfRange(nanos, count * 2 / 3, count);
        Arrays.sort(last);
        return last[last.length / 2] / 1e9;
    }
}
