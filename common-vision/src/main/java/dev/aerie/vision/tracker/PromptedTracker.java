package dev.aerie.vision.tracker;

import static java.util.Objects.requireNonNull;

import dev.aerie.messages.Box;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.Candidate;
import dev.aerie.vision.prompt.PromptStrategy;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tracks the masks of objects that a strategy proposes and that users prompt, and by their boxes those that a detector
/// finds beyond the limit of masks.
///
/// ```
/// frame ▸ MaskTracker (propagates each mask) ▸ TrackSet (updates each track)
///         ▸ every few frames: PromptStrategy (proposes candidates) ▸ gate ▸ MaskTracker ▸ gate ▸ TrackSet
///                                            (detections) ▸ BoxTracks
/// ```
public final class PromptedTracker implements VideoTracker {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int NAME_INTERVAL_FRAMES = 30;
    private static final int BOX_INTERVAL_FRAMES = 2;
    private static final ByteBuffer NO_MEMORY = ByteBuffer.allocateDirect(0);

    private final MaskTracker.Factory maskTrackers;
    private final PromptStrategy strategy;
    private final StrategyThread strategyThread;
    private final TrackingLimits limits;
    private final TrackLifecycleConfig config;
    private final DetectionRecorder recorder;
    private final FrameBuffer frames;
    private final BoxTracks boxTracks = new BoxTracks(this::newId);
    private TrackSet tracks;
    private @Nullable TrackedSession trackedSession;
    private @Nullable SavedTracks resumed;
    private @Nullable TrackedSession forgotten;
    private long proposedAtFrame = NEVER;
    private long verifiedAtFrame = NEVER;
    private long namedAtFrame = NEVER;

    /// The session that is tracked, and the tracker of its masks.
    private record TrackedSession(String session, FrameSize size, MaskTracker maskTracker) {

        boolean isOf(VideoFrame frame) {
            return frame.stamp().id().session().equals(session) && frame.size().equals(size);
        }
    }

    /// - `maskTrackers`: lent
    /// - `strategy`: owned from here on
    public PromptedTracker(
            MaskTracker.Factory maskTrackers,
            PromptStrategy strategy,
            TrackingLimits limits,
            TrackLifecycleConfig config) {
        this(maskTrackers, strategy, limits, config, new DetectionRecorder(false));
    }

    /// - `maskTrackers`: lent
    /// - `strategy`: owned from here on
    /// - `recorder`: of the strategy's detectors
    public PromptedTracker(
            MaskTracker.Factory maskTrackers,
            PromptStrategy strategy,
            TrackingLimits limits,
            TrackLifecycleConfig config,
            DetectionRecorder recorder) {
        this.maskTrackers = maskTrackers;
        this.recorder = recorder;
        this.strategy = strategy;
        this.strategyThread = new StrategyThread(strategy);
        this.limits = limits;
        this.config = config;
        this.frames = new FrameBuffer(limits.bufferedFrames());
        this.tracks = new TrackSet(config, limits.maxObjects());
    }

    @Override
    public List<TrackedObjectState> process(VideoFrame frame) throws ModelException {
        MaskTracker maskTracker = trackerFor(frame);
        frames.add(frame);
        List<ObjectMask> masks = observeAndPropagate(maskTracker, frame);
        if (strategy.hasChanged()) {
            tracks.removeProposed().forEach(maskTracker::remove);
            boxTracks.forget();
            proposedAtFrame = NEVER;
        }
        if (tracks.size() > 0) {
            tracks.update(frame, masks, strategy.current().orElse(List.of())).forEach(maskTracker::remove);
            tracks.drifted().forEach(maskTracker::unlearn);
        }
        runStrategy(maskTracker, frame);
        nameTracks(frame);
        return boxTracks.addTo(tracks.report(FrameTime.of(frame.stamp())), frame);
    }

    /// Has the strategy see the frame and the tracker propagate its masks into it: side by side where both are work.
    private List<ObjectMask> observeAndPropagate(MaskTracker maskTracker, VideoFrame frame) throws ModelException {
        if (maskTracker.objects().isEmpty()) {
            strategy.observe(frame);
            return List.of();
        }
        if (strategy.current().isPresent()) {
            return strategyThread.observeDuring(frame, () -> maskTracker.process(frame));
        }
        strategy.observe(frame);
        return maskTracker.process(frame);
    }

    /// Starts or corrects tracks as a user requests; the resulting objects.
    ///
    /// - `frameNumber`: of that frame, or empty for the newest
    /// - throws [PromptRejectedException] where none of it can be applied; nothing was changed then
    public List<TrackedObjectState> applyPrompts(OptionalLong frameNumber, List<PromptRequest> requests)
            throws PromptRejectedException, ModelException {
        VideoFrame frame = findFrame(frameNumber);
        TrackedSession now = requireNonNull(trackedSession);
        VideoFrame newest = requireNonNull(frames.newest());
        new PromptValidator(tracks, boxTracks::contains, limits.maxObjects()).check(requests, frame.size());
        return promptObjects(now.maskTracker(), frame, FrameTime.of(newest.stamp()), requests);
    }

    /// A copy, the caller's own, of the frame with this number, or of the newest.
    ///
    /// - throws [PromptRejectedException] where it is no longer kept, or no frame was processed yet
    public VideoFrame copyFrame(OptionalLong frameNumber) throws PromptRejectedException {
        return HeapFrame.copyOf(findFrame(frameNumber), NO_MEMORY);
    }

    /// Stops tracking an object; whether it was tracked.
    public boolean remove(long id) {
        if (trackedSession != null) {
            trackedSession.maskTracker().remove(id);
        }
        boolean isBox = boxTracks.remove(id);
        return tracks.remove(id) || isBox;
    }

    /// Ends every track and frees its memory; should the session continue, identities are not reused.
    public void forget() {
        if (trackedSession != null) {
            trackedSession.maskTracker().close();
            forgotten = trackedSession;
            trackedSession = null;
        }
        frames.clear();
        tracks.clear();
        boxTracks.forget();
        proposedAtFrame = NEVER;
        verifiedAtFrame = NEVER;
        namedAtFrame = NEVER;
    }

    /// The state that another replica needs to continue this session; empty before the first frame.
    public Optional<SavedTracks> save() {
        return trackedSession == null
                ? Optional.empty()
                : Optional.of(SavedTracks.of(
                        trackedSession.session(), trackedSession.size(), tracks, trackedSession.maskTracker()));
    }

    /// Continues from what [#save] gave when a frame of the same session and size arrives.
    public void resume(SavedTracks tracks) {
        resumed = tracks;
    }

    @Override
    public Optional<List<Detection>> detectionsIn(FrameId frame) {
        return recorder.detectionsIn(frame);
    }

    @Override
    public String name() {
        return maskTrackers.name();
    }

    @Override
    public String model() {
        return maskTrackers.model();
    }

    @Override
    public MaskTracker.MemoryUse memory() {
        var buffer = new MaskTracker.MemoryUse(0, frames.bytes());
        return trackedSession == null
                ? buffer
                : buffer.plus(trackedSession.maskTracker().memory());
    }

    @Override
    public void close() {
        strategyThread.close();
        strategy.close();
        boxTracks.close();
        if (trackedSession != null) {
            trackedSession.maskTracker().close();
        }
    }

    private VideoFrame findFrame(OptionalLong frameNumber) throws PromptRejectedException {
        VideoFrame newest = frames.newest();
        if (newest == null || trackedSession == null) {
            throw new PromptRejectedException(
                    PromptRejectedException.Reason.NO_SUCH_FRAME, "frame_number", "no frame was processed yet");
        }
        if (frameNumber.isEmpty()) {
            return newest;
        }
        return frames.find(frameNumber.getAsLong())
                .orElseThrow(() -> new PromptRejectedException(
                        PromptRejectedException.Reason.NO_SUCH_FRAME,
                        "frame_number",
                        "frame " + frameNumber.getAsLong() + " is no longer kept"));
    }

    private MaskTracker trackerFor(VideoFrame frame) throws ModelException {
        if (trackedSession != null && trackedSession.isOf(frame)) {
            return trackedSession.maskTracker();
        }
        if (forgotten == null || !forgotten.isOf(frame)) {
            forget();
            tracks = new TrackSet(config, limits.maxObjects());
        }
        forgotten = null;
        String session = frame.stamp().id().session();
        var maskTracker = maskTrackers.open(frame.size(), limits.maxObjects(), limits.bufferedFrames());
        trackedSession = new TrackedSession(session, frame.size(), maskTracker);
        if (resumed != null && !resumed.restore(session, frame.size(), tracks, maskTracker)) {
            tracks = new TrackSet(config, limits.maxObjects());
        }
        resumed = null;
        return maskTracker;
    }

    /// Runs the strategy when it is due: verifies the tracks with its candidates, then prompts new ones.
    private void runStrategy(MaskTracker maskTracker, VideoFrame frame) throws ModelException {
        boolean isProposalDue = isDue(frame, proposedAtFrame, limits.intervalFrames(tracks.size() > 0));
        Optional<List<Candidate>> observed = strategy.current();
        int verifyIntervalFrames = verifyIntervalFrames();
        boolean isVerificationDue = strategy.isExhaustive() && isDue(frame, verifiedAtFrame, verifyIntervalFrames);
        if (observed.isEmpty() && !isProposalDue && !isVerificationDue) {
            boxTracks.coast(frame);
            return;
        }
        List<Candidate> found = observed.isPresent() ? observed.get() : strategy.propose(frame);
        boolean isLookingOften = strategy.isExhaustive() && verifyIntervalFrames <= BOX_INTERVAL_FRAMES;
        if (isLookingOften) {
            boxTracks.detect(strategy.detections(), frame);
        } else {
            boxTracks.coast(frame);
        }
        verifiedAtFrame = frame.stamp().id().frameNumber();
        if (observed.isPresent() || strategy.isExhaustive()) {
            tracks.verify(found, frame);
        }
        if (isLookingOften) {
            tracks.matchedBoxes().forEach((id, box) -> boxTracks.identify(box, id));
        }
        if (isProposalDue) {
            proposedAtFrame = verifiedAtFrame;
        }
        if (isProposalDue || isVerificationDue || observed.isPresent()) {
            List<Candidate> ordered = strategy.isExhaustive() ? largestFirst(found) : found;
            promptCandidates(
                    maskTracker, frame, ordered, isProposalDue, observed.isPresent() ? 1 : limits.maxObjects());
        }
    }

    /// Where not all objects can have masks, the largest get them: what is small is shown well by its box.
    private static List<Candidate> largestFirst(List<Candidate> found) {
        return found.stream()
                .sorted(Comparator.comparingDouble((Candidate candidate) ->
                                candidate.box().map(Box::areaPixels).orElse(0.0))
                        .reversed())
                .toList();
    }

    /// While not every object has a mask, those with boxes only are looked for often.
    private int verifyIntervalFrames() {
        return tracks.isFull() || boxTracks.hasUnmasked()
                ? Math.min(config.verifyIntervalFrames(), BOX_INTERVAL_FRAMES)
                : config.verifyIntervalFrames();
    }

    /// Has the strategy name what was found without a name, when that is due.
    private void nameTracks(VideoFrame frame) throws ModelException {
        if (isDue(frame, namedAtFrame, NAME_INTERVAL_FRAMES) && tracks.hasNameable()) {
            namedAtFrame = frame.stamp().id().frameNumber();
            tracks.name(strategy.names(frame), frame);
        }
    }

    private long newId() {
        return tracks.newId();
    }

    private static boolean isDue(VideoFrame frame, long lastAtFrame, long interval) {
        return lastAtFrame == NEVER || frame.stamp().id().frameNumber() - lastAtFrame >= interval;
    }

    /// - `maxPrompts`: in this frame; where every frame may prompt, one at a time keeps its latency even
    private void promptCandidates(
            MaskTracker maskTracker, VideoFrame frame, List<Candidate> found, boolean isCorrectionDue, int maxPrompts)
            throws ModelException {
        Map<Long, Prompt> prompts = new LinkedHashMap<>();
        Map<Long, Candidate> started = new HashMap<>();
        int freeSlots = limits.maxObjects() - maskTracker.objects().size();
        for (Candidate candidate : found) {
            if (prompts.size() >= maxPrompts) {
                break;
            }
            switch (tracks.decide(candidate, frame)) {
                case TrackSet.Decision.Start _
                when started.size() < freeSlots -> {
                    long id = idFor(candidate, prompts.keySet());
                    started.put(id, candidate);
                    prompts.put(id, prompt(candidate, id, frame));
                }
                case TrackSet.Decision.Recover(long id) -> prompts.putIfAbsent(id, prompt(candidate, id, frame));
                case TrackSet.Decision.Correct(long id, Optional<BinaryMask> moving)
                when isCorrectionDue ->
                    prompts.putIfAbsent(
                            id, prompt(moving.map(candidate::withPixels).orElse(candidate), id, frame));
                case TrackSet.Decision.Start _, TrackSet.Decision.Correct _, TrackSet.Decision.Ignore _ -> {}
            }
        }
        if (!prompts.isEmpty()) {
            acceptMasks(maskTracker, frame, maskTracker.prompt(frame, List.copyOf(prompts.values())), started);
        }
    }

    /// The identity that the object has by its box, unless it is taken; else a new one.
    private long idFor(Candidate candidate, Set<Long> taken) {
        return candidate
                .box()
                .flatMap(boxTracks::identityAt)
                .filter(id -> !tracks.contains(id) && !taken.contains(id))
                .orElseGet(this::newId);
    }

    private Prompt prompt(Candidate candidate, long id, VideoFrame frame) {
        return maskTrackers.takesCoarseMasks() ? candidate.toMaskPrompt(id, frame.size()) : candidate.toPrompt(id);
    }

    private void acceptMasks(
            MaskTracker maskTracker, VideoFrame frame, List<ObjectMask> masks, Map<Long, Candidate> started) {
        for (ObjectMask mask : masks) {
            Candidate candidate = started.get(mask.object());
            if (candidate == null) {
                tracks.correct(mask, frame, FrameTime.of(frame.stamp()));
            } else if (!tracks.startProposed(
                    mask, new TrackOrigin(candidate.label(), candidate.source(), false), frame)) {
                maskTracker.remove(mask.object());
            } else if (candidate.location() instanceof Candidate.Location.InRegion(BinaryMask pixels)) {
                tracks.mark(mask.object(), pixels, frame);
            }
        }
    }

    private List<TrackedObjectState> promptObjects(
            MaskTracker maskTracker, VideoFrame frame, FrameTime now, List<PromptRequest> requests)
            throws PromptRejectedException, ModelException {
        var prompts = new ArrayList<Prompt>();
        Map<Long, PromptRequest> requested = new HashMap<>();
        for (PromptRequest request : requests) {
            long id = request.object().isPresent() ? request.object().getAsLong() : tracks.newId();
            requested.put(id, request);
            prompts.addAll(request.toPrompts(id));
        }
        List<ObjectMask> masks = prompt(maskTracker, frame, prompts);
        masks.forEach(mask -> acceptMask(maskTracker, frame, now, mask, requested));
        var results = tracks.report(now).stream()
                .filter(state -> requested.containsKey(state.track().id()))
                .toList();
        if (results.isEmpty()) {
            throw new PromptRejectedException(
                    PromptRejectedException.Reason.NOTHING_THERE, "prompts", "the tracker finds no object there");
        }
        return results;
    }

    private static List<ObjectMask> prompt(MaskTracker maskTracker, VideoFrame frame, List<Prompt> prompts)
            throws PromptRejectedException, ModelException {
        try {
            return maskTracker.prompt(frame, prompts);
        } catch (IllegalArgumentException e) {
            throw new PromptRejectedException(
                    PromptRejectedException.Reason.UNUSABLE, "prompts", String.valueOf(e.getMessage()));
        }
    }

    private void acceptMask(
            MaskTracker maskTracker,
            VideoFrame frame,
            FrameTime now,
            ObjectMask mask,
            Map<Long, PromptRequest> requested) {
        PromptRequest request = requested.get(mask.object());
        if (request == null) {
            return;
        }
        if (tracks.contains(mask.object())) {
            tracks.correct(mask, frame, now);
            request.label().ifPresent(label -> tracks.relabel(mask.object(), label));
            return;
        }
        var origin = new TrackOrigin(request.label().orElse("object"), request.promptName(), true);
        if (!tracks.start(mask, origin, frame, now)) {
            maskTracker.remove(mask.object());
        }
    }
}
