package dev.aerie.frames.follow;

import static java.util.Objects.requireNonNull;

import dev.aerie.frames.prompt.PromptStrategy;
import dev.aerie.frames.targets.Candidate;
import dev.aerie.frames.targets.Moment;
import dev.aerie.frames.targets.Origin;
import dev.aerie.frames.targets.TargetBook;
import dev.aerie.frames.targets.TargetRules;
import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.FollowedObject;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
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
/// picture ▸ MaskTracker (where is each object now?) ▸ TargetBook (is it still that object?)
///         ▸ now and then: PromptStrategy (what else is there?) ▸ gate ▸ MaskTracker ▸ gate ▸ TargetBook
/// ```
public final class MaskFollower implements VideoTracker {

    private static final long NEVER = Long.MIN_VALUE;
    private static final ByteBuffer NO_MEMORY = ByteBuffer.allocateDirect(0);

    private final MaskTracker.Factory engines;
    private final PromptStrategy strategy;
    private final FollowLimits limits;
    private final TargetRules rules;
    private final PictureBuffer pictures;
    private TargetBook book;
    private @Nullable Followed followed;
    private @Nullable SavedState resumed;
    private @Nullable Followed forgotten;
    private long proposedAtFrame = NEVER;
    private long checkedAtFrame = NEVER;

    /// The session that is followed, and what carries its masks.
    private record Followed(String session, PictureSize size, MaskTracker engine) {

        boolean isOf(VideoFrame frame) {
            return frame.stamp().id().session().equals(session) && frame.size().equals(size);
        }
    }

    /// - `engines`: lent
    /// - `strategy`: owned from here on
    public MaskFollower(MaskTracker.Factory engines, PromptStrategy strategy, FollowLimits limits, TargetRules rules) {
        this.engines = engines;
        this.strategy = strategy;
        this.limits = limits;
        this.rules = rules;
        this.pictures = new PictureBuffer(limits.bufferedPictures());
        this.book = new TargetBook(rules, limits.maxObjects());
    }

    @Override
    public List<FollowedObject> process(VideoFrame frame) throws ModelException {
        MaskTracker engine = engineFor(frame);
        pictures.keep(frame);
        strategy.see(frame);
        if (strategy.hasTurned()) {
            book.removeFound().forEach(engine::remove);
            proposedAtFrame = NEVER;
        }
        if (book.size() > 0) {
            List<ObjectMask> seen = engine.objects().isEmpty() ? List.of() : engine.process(frame);
            book.observe(frame, seen).forEach(engine::remove);
        }
        look(engine, frame);
        return book.report(Moment.of(frame.stamp()));
    }

    /// Follows or corrects what a person asks for; what was made of it, as of the picture it speaks of.
    ///
    /// - `frameNumber`: of that picture, or empty for the newest
    /// - throws [WishRefusedException] where none of it can be done; nothing was changed then
    public List<FollowedObject> fulfil(OptionalLong frameNumber, List<Wish> wishes)
            throws WishRefusedException, ModelException {
        VideoFrame picture = picture(frameNumber);
        Followed now = requireNonNull(followed);
        VideoFrame newest = requireNonNull(pictures.newest());
        new WishCheck(book, limits.maxObjects()).check(wishes, picture.size());
        return apply(now.engine(), picture, Moment.of(newest.stamp()), wishes);
    }

    /// A copy, the caller's own, of the picture with this number, or of the newest.
    ///
    /// - throws [WishRefusedException] where it is no longer kept, or none was looked at yet
    public VideoFrame copy(OptionalLong frameNumber) throws WishRefusedException {
        return KeptPicture.of(picture(frameNumber), NO_MEMORY);
    }

    /// Stops following an object; whether it was followed.
    public boolean remove(long id) {
        if (followed != null) {
            followed.engine().remove(id);
        }
        return book.remove(id);
    }

    /// Gives up every object and what is kept of them; identities are not given twice, should the session
    /// go on.
    public void forget() {
        if (followed != null) {
            followed.engine().close();
            forgotten = followed;
            followed = null;
        }
        pictures.clear();
        book.clear();
        proposedAtFrame = NEVER;
        checkedAtFrame = NEVER;
    }

    /// What is needed to go on with this session elsewhere; empty before the first picture.
    public Optional<SavedState> save() {
        return followed == null
                ? Optional.empty()
                : Optional.of(SavedState.of(followed.session(), followed.size(), book, followed.engine()));
    }

    /// Goes on from what [#save] gave when a picture of the same session and size comes.
    public void resume(SavedState state) {
        resumed = state;
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
        var buffer = new MaskTracker.MemoryUse(0, pictures.bytes());
        return followed == null ? buffer : buffer.plus(followed.engine().memory());
    }

    @Override
    public void close() {
        strategy.close();
        if (followed != null) {
            followed.engine().close();
        }
    }

    private VideoFrame picture(OptionalLong frameNumber) throws WishRefusedException {
        VideoFrame newest = pictures.newest();
        if (newest == null || followed == null) {
            throw new WishRefusedException(
                    WishRefusedException.Cause.NO_SUCH_PICTURE, "frame_number", "no frame was looked at yet");
        }
        if (frameNumber.isEmpty()) {
            return newest;
        }
        return pictures.find(frameNumber.getAsLong())
                .orElseThrow(() -> new WishRefusedException(
                        WishRefusedException.Cause.NO_SUCH_PICTURE,
                        "frame_number",
                        "frame " + frameNumber.getAsLong() + " is no longer kept"));
    }

    private MaskTracker engineFor(VideoFrame frame) throws ModelException {
        if (followed != null && followed.isOf(frame)) {
            return followed.engine();
        }
        if (forgotten == null || !forgotten.isOf(frame)) {
            forget();
            book = new TargetBook(rules, limits.maxObjects());
        }
        forgotten = null;
        String session = frame.stamp().id().session();
        var engine = engines.open(frame.size(), limits.maxObjects(), limits.bufferedPictures());
        followed = new Followed(session, frame.size(), engine);
        if (resumed != null && !resumed.restore(session, frame.size(), book, engine)) {
            book = new TargetBook(rules, limits.maxObjects());
        }
        resumed = null;
        return engine;
    }

    /// Asks the strategy what there is, as often as that is due: checks what is followed by it, then looks for more.
    private void look(MaskTracker engine, VideoFrame frame) throws ModelException {
        boolean isLookDue = isDue(frame, proposedAtFrame, limits.intervalFrames(book.size() > 0));
        Optional<List<Candidate>> known = strategy.seen();
        boolean isCheckDue = strategy.isThorough() && isDue(frame, checkedAtFrame, rules.checkFrames());
        if (known.isEmpty() && !isLookDue && !isCheckDue) {
            return;
        }
        List<Candidate> found = known.isPresent() ? known.get() : strategy.propose(frame);
        checkedAtFrame = frame.stamp().id().frameNumber();
        if (known.isPresent() || strategy.isThorough()) {
            book.check(found, frame);
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
            switch (book.judge(candidate, frame)) {
                case TargetBook.Decision.Begin _
                when begun.size() < room -> {
                    long id = book.newId();
                    begun.put(id, candidate);
                    prompts.add(candidate.toPrompt(id));
                }
                case TargetBook.Decision.Bring(long id) -> prompts.add(candidate.toPrompt(id));
                case TargetBook.Decision.Mend(long id) when isMendingDue -> prompts.add(candidate.toPrompt(id));
                case TargetBook.Decision.Begin _, TargetBook.Decision.Mend _, TargetBook.Decision.Nothing _ -> {}
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
                book.correct(mask, frame, Moment.of(frame.stamp()));
            } else if (!book.admit(mask, new Origin(candidate.label(), candidate.finder(), false), frame)) {
                engine.remove(mask.object());
            }
        }
    }

    private List<FollowedObject> apply(MaskTracker engine, VideoFrame picture, Moment now, List<Wish> wishes)
            throws WishRefusedException, ModelException {
        var prompts = new ArrayList<Prompt>();
        Map<Long, Wish> asked = new HashMap<>();
        for (Wish wish : wishes) {
            long id = wish.object().isPresent() ? wish.object().getAsLong() : book.newId();
            asked.put(id, wish);
            prompts.addAll(wish.toPrompts(id));
        }
        List<ObjectMask> masks = prompt(engine, picture, prompts);
        masks.forEach(mask -> settle(engine, picture, now, mask, asked));
        var made = book.report(now).stream()
                .filter(object -> asked.containsKey(object.track().id()))
                .toList();
        if (made.isEmpty()) {
            throw new WishRefusedException(
                    WishRefusedException.Cause.NOTHING_THERE, "prompts", "the tracker sees no object there");
        }
        return made;
    }

    private static List<ObjectMask> prompt(MaskTracker engine, VideoFrame picture, List<Prompt> prompts)
            throws WishRefusedException, ModelException {
        try {
            return engine.prompt(picture, prompts);
        } catch (IllegalArgumentException e) {
            throw new WishRefusedException(
                    WishRefusedException.Cause.UNUSABLE, "prompts", String.valueOf(e.getMessage()));
        }
    }

    private void settle(MaskTracker engine, VideoFrame picture, Moment now, ObjectMask mask, Map<Long, Wish> asked) {
        Wish wish = asked.get(mask.object());
        if (wish == null) {
            return;
        }
        if (wish.object().isPresent()) {
            book.correct(mask, picture, now);
            wish.label().ifPresent(label -> book.rename(mask.object(), label));
            return;
        }
        var origin = new Origin(wish.label().orElse("object"), wish.promptName(), true);
        if (!book.begin(mask, origin, picture, now)) {
            engine.remove(mask.object());
        }
    }
}
