package dev.aerie.slam.dense.slam3r;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.dense.KeyframeSurfaces;
import dev.aerie.slam.tuning.Slam3rConfig;
import dev.aerie.slam.tuning.SweepConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dense mapping by SLAM3R: networks predict the points of each keyframe, and register them in a world of their own,
/// which is joined with the map keyframe by keyframe.
///
/// A keyframe's surfaces are there when [Slam3rConfig#radius] newer ones have come. The networks are lent. Source:
/// SLAM3R (Liu, Dong et al. 2025), in the form of docs/slam3r.md.
public final class Slam3rBackEnd implements DenseBackEnd {

    private static final Logger LOG = LoggerFactory.getLogger(Slam3rBackEnd.class);

    private final PointNets nets;
    private final ObservedLandmarks landmarks;
    private final Slam3rConfig config;
    private final KeyframeSurfaces surfaces = new KeyframeSurfaces(SweepConfig.DEFAULT);
    private final SceneMemory memory;
    private final Anchors anchors;

    /// Every frame that is not closed.
    private final List<SceneFrame> open = new ArrayList<>();

    /// Frames that local points are made of, or will be.
    private final List<SceneFrame> recent = new ArrayList<>();

    /// The points of the first frames of a world, until they are joined.
    private final List<Registered> first = new ArrayList<>();

    /// Of [#recent], the next one to become local points.
    private int next;

    private boolean hasBegun;
    private int weakInRow;
    private volatile Slam3rStatistics statistics = Slam3rStatistics.NONE;

    private record Registered(SceneFrame frame, PointMap inWorld) {}

    public Slam3rBackEnd(PointNets nets, ObservedLandmarks landmarks) {
        this(nets, landmarks, Slam3rConfig.DEFAULT);
    }

    public Slam3rBackEnd(PointNets nets, ObservedLandmarks landmarks, Slam3rConfig config) {
        this.nets = nets;
        this.landmarks = landmarks;
        this.config = config;
        var random = new Random(config.seed());
        this.memory = new SceneMemory(config.remembered(), random);
        this.anchors = new Anchors(config, random);
    }

    @Override
    public int viewWidthPixels(int widthPixels, int heightPixels) {
        int side = nets.sidePixels();
        return widthPixels <= heightPixels ? side : (int) Math.round((double) side * widthPixels / heightPixels);
    }

    /// Throws [IllegalStateException] where a network fails; the keyframe is left out then.
    @Override
    public void add(DenseView view) {
        var frame = nets.encode(view.middle(nets.sidePixels()));
        open.add(frame);
        recent.add(frame);
        try {
            if (!hasBegun && recent.size() >= config.firstFrames()) {
                begin();
            }
            while (hasBegun && next + config.radius() < recent.size()) {
                process(next++);
            }
        } finally {
            release();
        }
    }

    /// Begins a world with the first frames, of which one's axes become the world's; where none is sure enough, the
    /// oldest is given up.
    private void begin() {
        for (int count = config.firstFrames(); count >= config.fewestFirstFrames(); count--) {
            if (begin(recent.subList(0, count))) {
                return;
            }
        }
        recent.removeFirst();
    }

    private boolean begin(List<SceneFrame> window) {
        double best = 0;
        SceneFrame keyframe = window.getFirst();
        List<PointMap> maps = List.of();
        for (var candidate : window) {
            var found = nets.window(candidate, others(window, candidate));
            double confidence = found.stream()
                    .mapToDouble(PointMap::meanConfidence)
                    .average()
                    .orElse(0);
            if (confidence > best) {
                best = confidence;
                keyframe = candidate;
                maps = found;
            }
        }
        if (best < config.minFirstConfidence()) {
            return false;
        }
        var normalised = PointMap.normalised(maps, config.sureConfidence());
        List<SceneFrame> order = new ArrayList<>(List.of(keyframe));
        order.addAll(others(window, keyframe));
        for (int i = 0; i < order.size(); i++) {
            first.add(new Registered(order.get(i), normalised.get(i)));
            order.get(i).register(normalised.get(i));
        }
        window.forEach(memory::offer);
        hasBegun = true;
        next = 0;
        weakInRow = 0;
        statistics = statistics.begun(window.size());
        LOG.info(
                "dense world begun frame={} frames={} confidence={}",
                keyframe.view().frameNumber(),
                window.size(),
                best);
        return true;
    }

    private static List<SceneFrame> others(List<SceneFrame> window, SceneFrame one) {
        return window.stream().filter(frame -> frame != one).toList();
    }

    /// Makes a frame's local points, registers them unless it is one of the first, and joins them with the map.
    private void process(int index) {
        var frame = recent.get(index);
        int from = Math.max(0, index - config.radius());
        int to = Math.min(recent.size(), index + config.radius() + 1);
        var local = PointMap.normalised(
                        List.of(nets.keyframe(frame, others(recent.subList(from, to), frame))), config.sureConfidence())
                .getFirst();
        var inWorld = frame.isRegistered() ? firstPoints(frame) : register(frame, local);
        if (hasBegun) {
            join(frame, local, inWorld);
        }
    }

    private PointMap firstPoints(SceneFrame frame) {
        var found = first.stream()
                .filter(registered -> registered.frame == frame)
                .findFirst()
                .orElseThrow();
        first.remove(found);
        return found.inWorld;
    }

    private PointMap register(SceneFrame frame, PointMap local) {
        var inWorld = nets.registration(memory.best(config.sceneFrames(), frame, nets), frame, local);
        boolean isWeak = inWorld.meanConfidence() < config.weakConfidence();
        statistics = statistics.registered(isWeak);
        weakInRow = isWeak ? weakInRow + 1 : 0;
        if (weakInRow >= config.maxWeak()) {
            end(frame);
        } else if (!isWeak) {
            frame.register(inWorld);
            memory.offer(frame);
        }
        return inWorld;
    }

    /// Ends the world: the frames after the last begin another.
    private void end(SceneFrame last) {
        LOG.info("dense world ended frame={}", last.view().frameNumber());
        hasBegun = false;
        memory.clear();
        anchors.clear();
        first.clear();
        recent.subList(0, recent.indexOf(last) + 1).clear();
        next = 0;
    }

    private void join(SceneFrame frame, PointMap local, PointMap inWorld) {
        var view = frame.view();
        var depths = anchors.depths(view.camera(), local, inWorld, landmarks.inCamera(view.frameNumber()));
        if (depths.isPresent()) {
            surfaces.keep(view, depths.get());
        } else {
            statistics = statistics.unanchoredOne();
        }
    }

    /// Closes frames of which nothing is made any more.
    private void release() {
        while (hasBegun && next > config.radius()) {
            recent.removeFirst();
            next--;
        }
        open.removeIf(frame -> {
            boolean isUsed = recent.contains(frame) || memory.contains(frame);
            if (!isUsed) {
                frame.close();
            }
            return !isUsed;
        });
        statistics = statistics.holding(open.size());
    }

    public Slam3rStatistics statistics() {
        return statistics;
    }

    @Override
    public DenseCloud cloud(LongFunction<Optional<RigidTransform>> poses) {
        return surfaces.cloud(poses);
    }

    @Override
    public void close() {
        open.forEach(SceneFrame::close);
        open.clear();
        recent.clear();
        memory.clear();
        LOG.info("dense mapping by slam3r ended {} scale={}", statistics, anchors.newestScale());
    }
}
