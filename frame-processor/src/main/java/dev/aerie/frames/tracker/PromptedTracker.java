package dev.aerie.frames.tracker;

import static java.util.Objects.requireNonNull;

import dev.aerie.frames.prompt.PromptStrategy;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Follows what a strategy finds and what a person asks for, by their masks.
///
/// ```
/// frame ▸ MaskTracker (where is each object now?) ▸ TrackSet (is it still that object?)
///         ▸ now and then: PromptStrategy (what else is there?) ▸ gate ▸ MaskTracker ▸ gate ▸ TrackSet
/// ```
public final class PromptedTracker implements VideoTracker {

    private static final long NEVER = Long.MIN_VALUE;
    private static final ByteBuffer NO_MEMORY = ByteBuffer.allocateDirect(0);

    private final MaskTracker.Factory engines;
    private final PromptStrategy strategy;
    private final TrackingLimits limits;
    private final TrackLifecycleConfig config;
    private final FrameBuffer frames;
    private TrackSet set;
    private @Nullable Followed followed;
    private @Nullable SavedTracks resumed;
    private @Nullable Followed forgotten;
    private long proposedAtFrame = NEVER;
    private long checkedAtFrame = NEVER;

    /// The session that is followed, and what carries its masks.
    private record Followed(String session, FrameSize size, MaskTracker engine) {

        boolean isOf(VideoFrame frame) {
            return frame.stamp().id().session().equals(session) && frame.size().equals(size);
        }
    }

    /// - `engines`: lent
    /// - `strategy`: owned from here on
    public PromptedTracker(
            MaskTracker.Factory engines, PromptStrategy strategy, TrackingLimits limits, TrackLifecycleConfig config) {
        this.engines = engines;
        this.strategy = strategy;
        this.limits = limits;
        this.config = config;
        this.frames = new FrameBuffer(limits.bufferedFrames());
        this.set = new TrackSet(config, limits.maxObjects());
    }

    @Override
    public List<TrackedObjectState> process(VideoFrame frame) throws ModelException {
        MaskTracker engine = engineFor(frame);
        frames.keep(frame);
        strategy.see(frame);
        if (strategy.hasTurned()) {
            set.removeFound().forEach(engine::remove);
            proposedAtFrame = NEVER;
        }
        if (set.size() > 0) {
            List<ObjectMask> seen = engine.objects().isEmpty() ? List.of() : engine.process(frame);
            set.observe(frame, seen).forEach(engine::remove);
        }
        look(engine, frame);
        return set.report(FrameTime.of(frame.stamp()));
    }

    /// Follows or corrects what a person asks for; what was made of it, as of the frame it speaks of.
    ///
    /// - `frameNumber`: of that frame, or empty for the newest
    /// - throws [PromptRejectedException] where none of it can be done; nothing was changed then
    public List<TrackedObjectState> fulfil(OptionalLong frameNumber, List<PromptRequest> wishes)
            throws PromptRejectedException, ModelException {
        VideoFrame frame = frame(frameNumber);
        Followed now = requireNonNull(followed);
        VideoFrame newest = requireNonNull(frames.newest());
        new PromptValidator(set, limits.maxObjects()).check(wishes, frame.size());
        return apply(now.engine(), frame, FrameTime.of(newest.stamp()), wishes);
    }

    /// A copy, the caller's own, of the frame with this number, or of the newest.
    ///
    /// - throws [PromptRejectedException] where it is no longer kept, or none was looked at yet
    public VideoFrame copy(OptionalLong frameNumber) throws PromptRejectedException {
        return FrameCopy.of(frame(frameNumber), NO_MEMORY);
    }

    /// Stops following an object; whether it was followed.
    public boolean remove(long id) {
        if (followed != null) {
            followed.engine().remove(id);
        }
        return set.remove(id);
    }

    /// Gives up every object and what is kept of them; identities are not given twice, should the session
    /// go on.
    public void forget() {
        if (followed != null) {
            followed.engine().close();
            forgotten = followed;
            followed = null;
        }
        frames.clear();
        set.clear();
        proposedAtFrame = NEVER;
        checkedAtFrame = NEVER;
    }

    /// What is needed to go on with this session elsewhere; empty before the first frame.
    public Optional<SavedTracks> save() {
        return followed == null
                ? Optional.empty()
                : Optional.of(SavedTracks.of(followed.session(), followed.size(), set, followed.engine()));
    }

    /// Goes on from what [#save] gave when a frame of the same session and size comes.
    public void resume(SavedTracks tracks) {
        resumed = tracks;
    }

    @Override
    public String name() {
        return engines.name();
    }

    @Override
    public String model() {
        return engines.model();
    }

    @Override
    public MaskTracker.MemoryUse memory() {
        var buffer = new MaskTracker.MemoryUse(0, frames.bytes());
        return followed == null ? buffer : buffer.plus(followed.engine().memory());
    }

    @Override
    public void close() {
        strategy.close();
        if (followed != null) {
            followed.engine().close();
        }
    }

    private VideoFrame frame(OptionalLong frameNumber) throws PromptRejectedException {
        VideoFrame newest = frames.newest();
        if (newest == null || followed == null) {
            throw new PromptRejectedException(
                    PromptRejectedException.Cause.NO_SUCH_FRAME, "frame_number", "no frame was looked at yet");
        }
        if (frameNumber.isEmpty()) {
            return newest;
        }
        return frames.find(frameNumber.getAsLong())
                .orElseThrow(() -> new PromptRejectedException(
                        PromptRejectedException.Cause.NO_SUCH_FRAME,
                        "frame_number",
                        "frame " + frameNumber.getAsLong() + " is no longer kept"));
    }

    private MaskTracker engineFor(VideoFrame frame) throws ModelException {
        if (followed != null && followed.isOf(frame)) {
            return followed.engine();
        }
        if (forgotten == null || !forgotten.isOf(frame)) {
            forget();
            set = new TrackSet(config, limits.maxObjects());
        }
        forgotten = null;
        String session = frame.stamp().id().session();
        var engine = engines.open(frame.size(), limits.maxObjects(), limits.bufferedFrames());
        followed = new Followed(session, frame.size(), engine);
        if (resumed != null && !resumed.restore(session, frame.size(), set, engine)) {
            set = new TrackSet(config, limits.maxObjects());
        }
        resumed = null;
        return engine;
    }

    /// Asks the strategy what there is, as often as that is due: checks what is followed by it, then looks for more.
    private void look(MaskTracker engine, VideoFrame frame) throws ModelException {
        boolean isLookDue = isDue(frame, proposedAtFrame, limits.intervalFrames(set.size() > 0));
        Optional<List<Candidate>> known = strategy.seen();
        boolean isCheckDue = strategy.isThorough() && isDue(frame, checkedAtFrame, config.checkFrames());
        if (known.isEmpty() && !isLookDue && !isCheckDue) {
            return;
        }
        List<Candidate> found = known.isPresent() ? known.get() : strategy.propose(frame);
        checkedAtFrame = frame.stamp().id().frameNumber();
        if (known.isPresent() || strategy.isThorough()) {
            set.check(found, frame);
        }
        if (isLookDue) {
            proposedAtFrame = checkedAtFrame;
        }
        if (isLookDue || isCheckDue) {
            lookForMore(engine, frame, found, isLookDue);
        }
    }

    private static boolean isDue(VideoFrame frame, long lastAtFrame, long interval) {
        return lastAtFrame == NEVER || frame.stamp().id().frameNumber() - lastAtFrame >= interval;
    }

    private void lookForMore(MaskTracker engine, VideoFrame frame, List<Candidate> found, boolean isMendingDue)
            throws ModelException {
        var prompts = new ArrayList<Prompt>();
        Map<Long, Candidate> begun = new HashMap<>();
        int room = limits.maxObjects() - engine.objects().size();
        for (Candidate candidate : found) {
            switch (set.judge(candidate, frame)) {
                case TrackSet.Decision.Begin _
                when begun.size() < room -> {
                    long id = set.newId();
                    begun.put(id, candidate);
                    prompts.add(candidate.toPrompt(id));
                }
                case TrackSet.Decision.Bring(long id) -> prompts.add(candidate.toPrompt(id));
                case TrackSet.Decision.Mend(long id) when isMendingDue -> prompts.add(candidate.toPrompt(id));
                case TrackSet.Decision.Begin _, TrackSet.Decision.Mend _, TrackSet.Decision.Nothing _ -> {}
            }
        }
        if (!prompts.isEmpty()) {
            settle(engine, frame, engine.prompt(frame, prompts), begun);
        }
    }

    private void settle(MaskTracker engine, VideoFrame frame, List<ObjectMask> masks, Map<Long, Candidate> begun) {
        for (ObjectMask mask : masks) {
            Candidate candidate = begun.get(mask.object());
            if (candidate == null) {
                set.correct(mask, frame, FrameTime.of(frame.stamp()));
            } else if (!set.admit(mask, new Origin(candidate.label(), candidate.finder(), false), frame)) {
                engine.remove(mask.object());
            }
        }
    }

    private List<TrackedObjectState> apply(
            MaskTracker engine, VideoFrame frame, FrameTime now, List<PromptRequest> wishes)
            throws PromptRejectedException, ModelException {
        var prompts = new ArrayList<Prompt>();
        Map<Long, PromptRequest> asked = new HashMap<>();
        for (PromptRequest promptRequest : wishes) {
            long id =
                    promptRequest.object().isPresent() ? promptRequest.object().getAsLong() : set.newId();
            asked.put(id, promptRequest);
            prompts.addAll(promptRequest.toPrompts(id));
        }
        List<ObjectMask> masks = prompt(engine, frame, prompts);
        masks.forEach(mask -> settle(engine, frame, now, mask, asked));
        var made = set.report(now).stream()
                .filter(state -> asked.containsKey(state.track().id()))
                .toList();
        if (made.isEmpty()) {
            throw new PromptRejectedException(
                    PromptRejectedException.Cause.NOTHING_THERE, "prompts", "the tracker sees no object there");
        }
        return made;
    }

    private static List<ObjectMask> prompt(MaskTracker engine, VideoFrame frame, List<Prompt> prompts)
            throws PromptRejectedException, ModelException {
        try {
            return engine.prompt(frame, prompts);
        } catch (IllegalArgumentException e) {
            throw new PromptRejectedException(
                    PromptRejectedException.Cause.UNUSABLE, "prompts", String.valueOf(e.getMessage()));
        }
    }

    private void settle(
            MaskTracker engine, VideoFrame frame, FrameTime now, ObjectMask mask, Map<Long, PromptRequest> asked) {
        PromptRequest promptRequest = asked.get(mask.object());
        if (promptRequest == null) {
            return;
        }
        if (promptRequest.object().isPresent()) {
            set.correct(mask, frame, now);
            promptRequest.label().ifPresent(label -> set.rename(mask.object(), label));
            return;
        }
        var origin = new Origin(promptRequest.label().orElse("object"), promptRequest.promptName(), true);
        if (!set.begin(mask, origin, frame, now)) {
            engine.remove(mask.object());
        }
    }
}
