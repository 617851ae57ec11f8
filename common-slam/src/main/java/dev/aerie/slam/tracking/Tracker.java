package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.Anchor;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.Mapping;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.solve.PoseGaussNewton;
import dev.aerie.slam.tuning.SlamTuning;
import dev.aerie.slam.tuning.TrackingConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Estimates each frame's pose: initializes a map, tracks on it, relocalizes when lost.
///
/// Used by one thread. Reads the map under its read lock; what should change goes to [Mapping].
public final class Tracker {

    private final PinholeCamera camera;
    private final TrackingConfig config;
    private final SlamEvents events;
    private final SlamMap map;
    private final Mapping mapping;
    private final PoseHistory poseHistory;
    private final PoseOptimizer poseOptimizer;
    private final PoseTracking poseTracking;
    private final Relocalizer relocalizer;
    private final Initializer initializer;
    private final ObservationLog observationLog;
    private final ConstantVelocity motionModel = new ConstantVelocity();
    private final KeyframeDecision keyframeDecision;
    private final MapInitializationCheck mapInitializationCheck;
    private TrackingState state = TrackingState.INITIALIZING;
    private @Nullable Last last;
    private long lostAtNanos;
    private int framesLost; // the present one included
    private double parallaxDegrees;
    private @Nullable CompletableFuture<Optional<Keyframe>> pendingInitialMap;

    /// The frame tracked last, and its pose tied to the map.
    private record Last(Frame frame, Anchor anchor) {}

    public Tracker(
            CameraModel lens,
            SlamMap map,
            PlaceIndex placeIndex,
            Mapping mapping,
            PoseHistory poseHistory,
            SlamTuning tuning,
            SlamEvents events) {
        this.camera = lens.ideal();
        this.observationLog = new ObservationLog(lens);
        this.config = tuning.tracking();
        this.events = events;
        this.map = map;
        this.mapping = mapping;
        this.poseHistory = poseHistory;
        poseOptimizer = new PoseOptimizer(new PoseGaussNewton(camera), config);
        poseTracking = new PoseTracking(poseOptimizer, config, tuning.matching());
        relocalizer =
                new Relocalizer(placeIndex, poseOptimizer, poseTracking, tuning.relocalization(), tuning.matching());
        initializer = new Initializer(camera, tuning);
        keyframeDecision = new KeyframeDecision(tuning.keyframes());
        mapInitializationCheck = new MapInitializationCheck(tuning.initialization());
    }

    /// Forgets where it was; the map stays.
    public void reset() {
        last = null;
        pendingInitialMap = null;
        state = TrackingState.INITIALIZING;
        motionModel.reset();
        initializer.reset();
        mapInitializationCheck.stop();
        poseHistory.clear();
        observationLog.clear();
    }

    /// Takes the mask of what may move in an earlier frame.
    public void judge(FrameMask mask) {
        map.read(() -> {
            observationLog.judge(mask);
            return mask;
        });
    }

    /// Takes the next frame.
    ///
    /// - `measuredRotation`: the camera's rotation since the frame before, `nowFromBefore`, where a gyroscope
    ///   gives it
    /// - `expected`: where it can be in some submaps, if that is known; asked if it is not tracked
    public TrackingResult track(
            FrameFeatures frameFeatures, Optional<Rotation> measuredRotation, Supplier<List<ExpectedPose>> expected) {
        adoptInitialMap(frameFeatures);
        var frame = new Frame(frameFeatures, camera);
        var found = map.read(() -> trackFromLastFrame(frame, measuredRotation));
        boolean isRejected = found.isPresent() && isRejected(frameFeatures, found.get());
        if (found.isEmpty() || isRejected) {
            handleTrackingLoss(frameFeatures, isRejected);
            var there = expected.get();
            found = map.read(() -> relocalize(frame, there));
        }
        if (found.isPresent()) {
            return acceptPose(frame, found.get());
        }
        return state == TrackingState.RELOCALIZING
                ? TrackingResult.untracked(state)
                : initialize(frameFeatures, measuredRotation);
    }

    private Optional<PoseTracking.TrackedPose> trackFromLastFrame(Frame frame, Optional<Rotation> measuredRotation) {
        if (last == null
                || state != TrackingState.TRACKING
                || last.anchor().keyframe().submap() == Keyframe.NO_SUBMAP) {
            return Optional.empty();
        }
        var before = last.frame();
        before.refreshLandmarks();
        before.moveTo(last.anchor().cameraFromWorld());
        long nanos = frame.frameFeatures().captureTimeNanos()
                - before.frameFeatures().captureTimeNanos();
        var guess = motionModel.predict(nanos, measuredRotation).times(before.cameraFromWorld());
        var reference = last.anchor().keyframe().current();
        if (!poseTracking.trackWithMotionModel(frame, before, guess)
                && !poseTracking.trackReferenceKeyframe(frame, reference, before.cameraFromWorld())) {
            return Optional.empty();
        }
        var trackedPose = poseTracking.trackLocalMap(frame, reference);
        if (trackedPose.inliers() == 0) {
            return Optional.empty();
        }
        motionModel.learn(frame.cameraFromWorld().times(before.cameraFromWorld().inverse()), nanos);
        return Optional.of(trackedPose);
    }

    private boolean isRejected(FrameFeatures frameFeatures, PoseTracking.TrackedPose trackedPose) {
        int submap = map.read(trackedPose.reference()::submap);
        return mapInitializationCheck.rejects(submap, frameFeatures.captureTimeNanos(), trackedPose.inlierRatio());
    }

    /// The frame could not be tracked: from now on frames are relocalized on the whole map.
    ///
    /// - `isRejected`: whether the submap was rejected by the initialization check
    private void handleTrackingLoss(FrameFeatures frameFeatures, boolean isRejected) {
        if (state == TrackingState.TRACKING && last != null) {
            int submap = last.anchor().keyframe().submap();
            reportLoss(frameFeatures, submap, isRejected);
            if (isRejected || map.read(() -> map.keyframesOf(submap).size()) < config.youngSubmapKeyframes()) {
                mapping.dropSubmap(submap);
            }
            mapInitializationCheck.stop();
            last = null;
            state = map.read(map::keyframeCount) == 0 ? TrackingState.INITIALIZING : TrackingState.RELOCALIZING;
            lostAtNanos = frameFeatures.captureTimeNanos();
            framesLost = 0;
            motionModel.reset();
            initializer.reset();
        }
        framesLost++;
        if (state == TrackingState.RELOCALIZING
                && frameFeatures.captureTimeNanos() - lostAtNanos >= config.lostAfterNanos()) {
            state = TrackingState.LOST;
        }
    }

    private void reportLoss(FrameFeatures frameFeatures, int submap, boolean isRejected) {
        long frame = frameFeatures.frameNumber();
        if (isRejected) {
            events.initializationRejected(frame, "inliers too few over the first seconds");
        }
        var attempt = poseTracking.lastAttempt();
        var cause = isRejected
                ? "initialization rejected"
                : submap == Keyframe.NO_SUBMAP ? "submap dropped" : attempt.inliers() == 0 ? "no match" : "few inliers";
        events.trackingLost(frame, submap, cause, attempt.matches(), attempt.inliers());
    }

    private Optional<PoseTracking.TrackedPose> relocalize(Frame frame, List<ExpectedPose> expected) {
        var near = expected.stream()
                .flatMap(there -> relocalizer
                        .relocalizeNear(frame, there, map.keyframesOf(there.submap()))
                        .flatMap(keyframe -> trackLocalMap(frame, keyframe))
                        .stream())
                .findFirst();
        return near.or(
                () -> relocalizer.relocalize(frame, expected).flatMap(keyframe -> trackLocalMap(frame, keyframe)));
    }

    private Optional<PoseTracking.TrackedPose> trackLocalMap(Frame frame, Keyframe keyframe) {
        return Optional.of(poseTracking.trackLocalMap(frame, keyframe))
                .filter(trackedPose -> trackedPose.inliers() > 0);
    }

    private TrackingResult acceptPose(Frame frame, PoseTracking.TrackedPose trackedPose) {
        if (state != TrackingState.TRACKING) {
            events.relocalized(
                    frame.frameFeatures().frameNumber(),
                    trackedPose.reference().submap(),
                    trackedPose.reference().number(),
                    trackedPose.inliers(),
                    framesLost - 1);
            state = TrackingState.TRACKING;
            pendingInitialMap = null;
            initializer.reset();
        }
        var reference = trackedPose.reference();
        var anchor = map.read(() -> Anchor.of(frame.cameraFromWorld(), reference));
        boolean isDue = map.read(() -> keyframeDecision.isDue(
                trackedPose.inliers(),
                reference,
                map.keyframesOf(reference.submap()).size(),
                mapping.isIdle()));
        last = new Last(frame, anchor);
        poseHistory.add(frame, anchor);
        observationLog.add(frame);
        double[] covariance = poseOptimizer.covariance();
        if (isDue) {
            keyframeDecision.reset();
            mapping.insertKeyframe(new KeyframeRequest(frame.frameFeatures(), anchor, frame.matches()));
        }
        return new TrackingResult(
                state,
                Optional.of(frame.cameraFromWorld().inverse()),
                reference.submap(),
                isDue,
                Arrays.stream(covariance).boxed().toList());
    }

    /// No pose: tries to initialize a new submap, unless one is being initialized.
    private TrackingResult initialize(FrameFeatures frameFeatures, Optional<Rotation> measuredRotation) {
        if (pendingInitialMap == null) {
            Optional<InitialMap> offered = initializer.offer(frameFeatures, measuredRotation);
            offered.ifPresent(initialMap -> {
                parallaxDegrees = initialMap.parallaxDegrees();
                pendingInitialMap = mapping.initialize(initialMap);
            });
            if (adoptInitialMap(frameFeatures) && last != null) {
                return acceptPose(
                        last.frame(),
                        new PoseTracking.TrackedPose(
                                last.frame().countLandmarks(), 1, last.anchor().keyframe()));
            }
        }
        return TrackingResult.untracked(state);
    }

    /// Continues from the new submap's second keyframe once it exists; returns whether it just appeared.
    private boolean adoptInitialMap(FrameFeatures frameFeatures) {
        if (pendingInitialMap == null || !pendingInitialMap.isDone()) {
            return false;
        }
        var keyframe = pendingInitialMap.join();
        pendingInitialMap = null;
        keyframe.ifPresent(grown -> map.read(() -> startTracking(grown)));
        if (keyframe.isEmpty()) {
            events.initializationRejected(frameFeatures.frameNumber(), "too few landmarks after adjustment");
            initializer.reset();
        }
        return keyframe.isPresent();
    }

    private boolean startTracking(Keyframe second) {
        var frame = Frame.of(second);
        last = new Last(frame, Anchor.of(second.cameraFromWorld(), second));
        state = TrackingState.TRACKING;
        motionModel.reset();
        map.keyframesOf(second.submap()).stream().findFirst().ifPresent(first -> learnMotion(first, second));
        keyframeDecision.reset();
        mapInitializationCheck.start(second.submap(), second.frameFeatures().captureTimeNanos());
        trackEarlierFrames(second);
        poseOptimizer.solve(frame, frame.cameraFromWorld());
        events.initialized(
                second.frameFeatures().frameNumber(),
                second.submap(),
                map.keyframesOf(second.submap()).size(),
                second.landmarks().size(),
                parallaxDegrees);
        initializer.reset();
        return true;
    }

    private void learnMotion(Keyframe earlier, Keyframe later) {
        motionModel.learn(
                later.cameraFromWorld().times(earlier.cameraFromWorld().inverse()),
                later.frameFeatures().captureTimeNanos()
                        - earlier.frameFeatures().captureTimeNanos());
    }

    /// Tracks the frames from before the initialization too, from the newest back.
    private void trackEarlierFrames(Keyframe second) {
        RigidTransform near = second.cameraFromWorld();
        for (var frameFeatures : initializer.earlierFrames().reversed()) {
            if (frameFeatures.frameNumber() < second.frameFeatures().frameNumber()) {
                var frame = new Frame(frameFeatures, camera);
                frame.moveTo(near);
                if (poseTracking.trackReferenceKeyframe(frame, second, near)
                        && poseTracking.searchWider(frame, second) > 0) {
                    near = frame.cameraFromWorld();
                    poseHistory.add(frame, Anchor.of(near, second));
                }
            }
        }
    }
}
