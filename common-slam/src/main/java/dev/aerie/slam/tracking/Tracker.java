package dev.aerie.slam.tracking;

import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.geometry.Rotation;
import dev.aerie.slam.map.Anchor;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.Mapping;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.solve.PoseGaussNewton;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Gives each frame its pose: begins a map, follows it, gets lost, finds itself again.
///
/// Used by one thread. Reads the map under its read lock; what should change goes to [Mapping].
public final class Tracker {

    private static final long RELOCALIZING_NANOS = 500_000_000L;
    private static final int YOUNG_SUBMAP_KEYFRAMES = 5;

    private final PinholeCamera camera;
    private final SlamMap map;
    private final Mapping mapping;
    private final PoseHistory poseHistory;
    private final PoseOptimizer pose;
    private final PoseTracking poseTracking;
    private final Relocalizer relocalizer;
    private final Initializer initializer;
    private final ConstantVelocity velocity = new ConstantVelocity();
    private final KeyframeDecision decision = new KeyframeDecision();
    private final MapInitializationCheck mapInitializationCheck = new MapInitializationCheck();
    private TrackingState state = TrackingState.INITIALIZING;
    private @Nullable Last last;
    private long lostAtNanos;
    private @Nullable CompletableFuture<Optional<Keyframe>> seed;

    /// The frame tracked last, and its pose tied to the map.
    private record Last(Frame frame, Anchor anchor) {}

    public Tracker(PinholeCamera camera, SlamMap map, PlaceIndex places, Mapping mapping, PoseHistory poseHistory) {
        this.camera = camera;
        this.map = map;
        this.mapping = mapping;
        this.poseHistory = poseHistory;
        pose = new PoseOptimizer(new PoseGaussNewton(camera));
        poseTracking = new PoseTracking(pose);
        relocalizer = new Relocalizer(places, pose, poseTracking);
        initializer = new Initializer(camera);
    }

    /// Forgets where it was; the map stays.
    public void reset() {
        last = null;
        seed = null;
        state = TrackingState.INITIALIZING;
        velocity.reset();
        initializer.reset();
        mapInitializationCheck.close();
        poseHistory.clear();
    }

    /// Takes the next frame.
    ///
    /// - `measuredTurn`: the camera's rotation since the frame before, `nowFromBefore`, where a gyroscope
    ///   gives it
    public TrackingResult track(FrameFeatures frameFeatures, Optional<Rotation> measuredTurn) {
        adoptInitialMap();
        var frame = new Frame(frameFeatures, camera);
        var found = map.read(() -> follow(frame, measuredTurn));
        boolean isRefuted = found.isPresent() && isRefuted(frameFeatures, found.get());
        if (found.isEmpty() || isRefuted) {
            handleTrackingLoss(frameFeatures, isRefuted);
            found = map.read(() -> findAgain(frame));
        }
        if (found.isPresent()) {
            return tracked(frame, found.get());
        }
        return state == TrackingState.RELOCALIZING
                ? TrackingResult.untracked(state)
                : begin(frameFeatures, measuredTurn);
    }

    private Optional<PoseTracking.Found> follow(Frame frame, Optional<Rotation> measuredTurn) {
        if (last == null
                || state != TrackingState.TRACKING
                || last.anchor().keyframe().submap() == Keyframe.NO_SUBMAP) {
            return Optional.empty();
        }
        var before = last.frame();
        before.refresh();
        before.moveTo(last.anchor().cameraFromWorld());
        long nanos = frame.shot().captureTimeNanos() - before.shot().captureTimeNanos();
        var guess = velocity.predict(nanos, measuredTurn).times(before.cameraFromWorld());
        var reference = last.anchor().keyframe().current();
        if (!poseTracking.fromFrame(frame, before, guess)
                && !poseTracking.fromKeyframe(frame, reference, before.cameraFromWorld())) {
            return Optional.empty();
        }
        var found = poseTracking.inLocalMap(frame, reference);
        if (found.agreeing() == 0) {
            return Optional.empty();
        }
        velocity.learn(frame.cameraFromWorld().times(before.cameraFromWorld().inverse()), nanos);
        return Optional.of(found);
    }

    private boolean isRefuted(FrameFeatures frameFeatures, PoseTracking.Found found) {
        int submap = map.read(found.reference()::submap);
        return mapInitializationCheck.rejects(submap, frameFeatures.captureTimeNanos(), found.share());
    }

    /// The frame could not be followed: from now on it is searched for on the whole map.
    ///
    /// - `isRefuted`: the part that it was on is none of the world's
    private void handleTrackingLoss(FrameFeatures frameFeatures, boolean isRefuted) {
        if (state == TrackingState.TRACKING && last != null) {
            int submap = last.anchor().keyframe().submap();
            if (isRefuted || map.read(() -> map.keyframesOf(submap).size()) < YOUNG_SUBMAP_KEYFRAMES) {
                mapping.drop(submap);
            }
            mapInitializationCheck.close();
            last = null;
            state = map.read(map::keyframeCount) == 0 ? TrackingState.INITIALIZING : TrackingState.RELOCALIZING;
            lostAtNanos = frameFeatures.captureTimeNanos();
            velocity.reset();
            initializer.reset();
        }
        if (state == TrackingState.RELOCALIZING
                && frameFeatures.captureTimeNanos() - lostAtNanos >= RELOCALIZING_NANOS) {
            state = TrackingState.LOST;
        }
    }

    private Optional<PoseTracking.Found> findAgain(Frame frame) {
        return relocalizer
                .find(frame)
                .map(keyframe -> poseTracking.inLocalMap(frame, keyframe))
                .filter(found -> found.agreeing() > 0);
    }

    private TrackingResult tracked(Frame frame, PoseTracking.Found found) {
        if (state != TrackingState.TRACKING) {
            state = TrackingState.TRACKING;
            seed = null;
            initializer.reset();
        }
        var reference = found.reference();
        var anchor = map.read(() -> Anchor.of(frame.cameraFromWorld(), reference));
        boolean isDue = map.read(() -> decision.isDue(
                found.agreeing(), reference, map.keyframesOf(reference.submap()).size(), mapping.isIdle()));
        last = new Last(frame, anchor);
        poseHistory.add(frame, anchor);
        double[] covariance = pose.covariance();
        if (isDue) {
            decision.reset();
            mapping.insert(new KeyframeRequest(frame.shot(), anchor, frame.sightings()));
        }
        return new TrackingResult(
                state,
                Optional.of(frame.cameraFromWorld().inverse()),
                reference.submap(),
                isDue,
                Arrays.stream(covariance).boxed().toList());
    }

    /// No pose: tries to begin a new part of the map, if none is being begun.
    private TrackingResult begin(FrameFeatures frameFeatures, Optional<Rotation> measuredTurn) {
        if (seed == null) {
            Optional<InitialMap> offered = initializer.offer(frameFeatures, measuredTurn);
            offered.ifPresent(good -> seed = mapping.begin(good));
            if (adoptInitialMap() && last != null) {
                return tracked(
                        last.frame(),
                        new PoseTracking.Found(
                                last.frame().countLandmarks(), 1, last.anchor().keyframe()));
            }
        }
        return TrackingResult.untracked(state);
    }

    /// Goes on from the new part's second keyframe once it is there; whether it just came.
    private boolean adoptInitialMap() {
        if (seed == null || !seed.isDone()) {
            return false;
        }
        var keyframe = seed.join();
        seed = null;
        keyframe.ifPresent(grown -> map.read(() -> adopt(grown)));
        if (keyframe.isEmpty()) {
            initializer.reset();
        }
        return keyframe.isPresent();
    }

    private boolean adopt(Keyframe second) {
        var frame = Frame.of(second);
        last = new Last(frame, Anchor.of(second.cameraFromWorld(), second));
        state = TrackingState.TRACKING;
        velocity.reset();
        decision.reset();
        mapInitializationCheck.open(second.submap(), second.shot().captureTimeNanos());
        placeEarlierShots(second);
        pose.solve(frame, frame.cameraFromWorld());
        initializer.reset();
        return true;
    }

    /// Gives the frames seen while the map was being begun their poses too, from the newest back.
    private void placeEarlierShots(Keyframe second) {
        RigidTransform near = second.cameraFromWorld();
        for (var frameFeatures : initializer.shots().reversed()) {
            if (frameFeatures.frameNumber() < second.shot().frameNumber()) {
                var frame = new Frame(frameFeatures, camera);
                frame.moveTo(near);
                if (poseTracking.fromKeyframe(frame, second, near) && poseTracking.widen(frame, second) > 0) {
                    near = frame.cameraFromWorld();
                    poseHistory.add(frame, Anchor.of(near, second));
                }
            }
        }
    }
}
