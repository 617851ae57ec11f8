package dev.aerie.evaluation.slam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.evaluation.slam.Soak.Reading;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.video.FrameSize;
import java.io.PrintStream;
import java.util.List;

/// `./aerie eval slam --soak`: flies laps around the simulator's block and prints the engine's memory.
public final class SlamSoak {

    private static final FrameSize SIZE = new FrameSize(480, 270);
    private static final double FRAMES_PER_SECOND = 10;
    private static final long SEED = 7;
    private static final int READINGS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;

    public SlamSoak(PrintStream out) {
        this.out = out;
    }

    /// Returns the exit status.
    ///
    /// - `frames`: at least [#READINGS]
    public int run(int frames, boolean isLive, boolean json) throws JsonProcessingException {
        var renderer = new Renderer(CameraIntrinsics.of(SIZE));
        var scene = Scenario.LOOP.scene(SEED);
        var camera = SimulatedSequence.pinhole(renderer.camera());
        Soak.Flight flight = (seconds, grey) -> {
            renderer.render(scene, seconds);
            renderer.frame().copyAsGrey(grey);
        };
        out.println(" frames  tracked  keyframes   points  heap MB  resident MB  ms/frame");
        try (var engine = isLive ? MonocularSlam.live("eval", camera) : MonocularSlam.deterministic(camera)) {
            var soak = new Soak(camera, flight, FRAMES_PER_SECOND);
            var readings = soak.run(engine, frames, frames / READINGS, this::print);
            if (json) {
                out.println(toJson(readings));
            }
        }
        return 0;
    }

    private void print(Reading reading) {
        out.printf(
                "%9d %7.1f%% %10d %8d %8.1f %12.1f %11.1f%n",
                reading.frames(),
                reading.trackedPercent(),
                reading.keyframes(),
                reading.points(),
                reading.heapMegabytes(),
                reading.residentMegabytes(),
                reading.millisPerFrame());
    }

    /// One line: memory half-way, when the scene has been seen repeatedly, and at the end.
    private static String toJson(List<Reading> readings) throws JsonProcessingException {
        var middle = readings.get(readings.size() / 2 - 1);
        var last = readings.getLast();
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("frames", last.frames())
                .put(
                        "tracked_percent",
                        readings.stream()
                                .mapToDouble(Reading::trackedPercent)
                                .average()
                                .orElse(0))
                .put("keyframes_half_way", middle.keyframes())
                .put("keyframes", last.keyframes())
                .put("heap_mb_half_way", middle.heapMegabytes())
                .put("heap_mb", last.heapMegabytes())
                .put("resident_mb_half_way", middle.residentMegabytes())
                .put("resident_mb", last.residentMegabytes()));
    }
}
