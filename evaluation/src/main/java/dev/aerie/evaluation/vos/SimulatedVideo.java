package dev.aerie.evaluation.vos;

import dev.aerie.evaluation.detection.TrueObject;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.simulator.world.Body;
import dev.aerie.simulator.world.Scene;
import dev.aerie.simulator.world.World;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A flight of the simulator. People and cars that move, are large enough and hardly hidden are to be found; the others
/// are ignored.
public final class SimulatedVideo implements LabelledVideo {

    private static final int DEFAULT_FRAMES = 120;
    private static final double NANOS_PER_SECOND = 1e9;

    /// Time over which it is judged whether a body moves, and by how much it must.
    private static final double STEP_SECONDS = 0.1;

    private static final double MIN_STEP_METRES = 0.02;

    private final SimulatedSequence flight;
    private final Scene scene;
    private final Renderer renderer;
    private final boolean isStill;
    private double seconds;

    private SimulatedVideo(SimulatedSequence flight, boolean isStill) {
        this.flight = flight;
        this.isStill = isStill;
        var whole = flight.scenario().scene(flight.seed()).withShutter(flight.shutterSeconds());
        var world = whole.world();
        this.scene = isStill
                ? new Scene(
                        new World(world.ground(), world.sky(), world.things(), List.of()),
                        whole.trajectory(),
                        whole.exposure(),
                        whole.seconds())
                : whole;
        this.renderer = new Renderer(CameraIntrinsics.of(flight.size()));
    }

    /// Builds the scene, which takes a second.
    public static SimulatedVideo of(SimulatedSequence flight) {
        return new SimulatedVideo(flight, false);
    }

    /// The same flight through the same town without people and cars: whatever is found there is wrong.
    public static SimulatedVideo still(SimulatedSequence flight) {
        return new SimulatedVideo(flight, true);
    }

    @Override
    public String name() {
        String scenario = flight.scenario().optionName();
        return "%s%s-%d".formatted(isStill ? "empty-" : "", scenario, flight.seed());
    }

    @Override
    public int frames() {
        return flight.frames().orElse(DEFAULT_FRAMES);
    }

    @Override
    public VideoFrame frame(int number) {
        FrameSize size = flight.size();
        seconds = number / flight.fps();
        renderer.render(scene, seconds);
        var bgr = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        renderer.frame().copyTo(bgr, size.widthPixels() * 3);
        long nanos = Math.round((1 + seconds) * NANOS_PER_SECOND);
        var stamp = new FrameStamp(new FrameId("simulator", name(), number), nanos, CaptureClock.SENDER);
        return HeapFrame.of(stamp, size, bgr);
    }

    @Override
    public Truth truth() {
        Set<Integer> moving = scene.world().bodies().stream()
                .filter(this::isMoving)
                .map(Body::id)
                .collect(Collectors.toSet());
        var visible = VisibleBody.in(renderer, scene, seconds);
        Set<Integer> wanted = visible.stream()
                .filter(body -> moving.contains(body.id()) && body.isToBeFound(flight.size()))
                .map(VisibleBody::id)
                .collect(Collectors.toSet());
        var named = visible.stream()
                .map(body -> new TrueObject(body.label(), body.box(), wanted.contains(body.id())))
                .toList();
        return new Truth(pixels(wanted, true), pixels(wanted, false), named);
    }

    /// The visible pixels of each body in the frame that was read last, by its id.
    Map<Integer, BinaryMask> bodies() {
        FrameSize size = flight.size();
        var insides = new TreeMap<Integer, byte[]>();
        renderer.visibility().forEachObjectRun((id, row, from, to) -> {
            var inside = insides.computeIfAbsent(id, _ -> new byte[size.widthPixels() * size.heightPixels()]);
            int start = row * size.widthPixels();
            Arrays.fill(inside, start + from, start + to, (byte) 1);
        });
        var masks = new TreeMap<Integer, BinaryMask>();
        insides.forEach((id, inside) ->
                masks.put(id, BinaryMask.ofRegion(size, 0, 0, size.widthPixels(), size.heightPixels(), inside)));
        return masks;
    }

    private boolean isMoving(Body body) {
        var from = body.worldFromBody(seconds).translation();
        return body.worldFromBody(seconds + STEP_SECONDS)
                        .translation()
                        .minus(from)
                        .length()
                > MIN_STEP_METRES;
    }

    /// Those that show a body of `ids`, or a body that is not of them.
    private BinaryMask pixels(Set<Integer> ids, boolean areOfThem) {
        FrameSize size = flight.size();
        var inside = new byte[size.widthPixels() * size.heightPixels()];
        renderer.visibility().forEachObjectRun((id, row, from, to) -> {
            for (int x = from; x < to && ids.contains(id) == areOfThem; x++) {
                inside[row * size.widthPixels() + x] = 1;
            }
        });
        return BinaryMask.ofRegion(size, 0, 0, size.widthPixels(), size.heightPixels(), inside);
    }

    @Override
    public void close() {}
}
