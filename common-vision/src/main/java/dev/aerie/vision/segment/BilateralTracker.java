package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Follows masks without learned weights: each is carried along by optical flow, then judged anew by what the
/// object and its surroundings look like.
///
/// docs/segmentation.md says how, from which sources, and how well.
final class BilateralTracker implements MaskTracker {

    private static final long NONE_YET = -1;

    private final BilateralConfig config;
    private final FrameSize size;
    private final int maxObjects;
    private final FrameSize workSize;
    private final GrabCutSegmenter grabCutSegmenter;
    private final SharedFlow flow;
    private final ObjectTrackerSet objectTrackerSet;
    private final Map<Long, List<Prompt>> said = new TreeMap<>();
    private WorkingImage now;
    private WorkingImage before;
    private long nowNumber = NONE_YET;
    private long saidOfNumber = NONE_YET;

    /// - `size`: of every frame; `maxObjects`: most that are followed at a time
    BilateralTracker(BilateralConfig config, FrameSize size, int maxObjects) {
        this.config = config;
        this.maxObjects = maxObjects;
        this.size = size;
        workSize = WorkingImage.sizeFor(size, config.maxPixels());
        grabCutSegmenter = new GrabCutSegmenter(size, workSize, config.outlinedCells());
        flow = new SharedFlow(config.flowShrink());
        objectTrackerSet = new ObjectTrackerSet(config, workSize);
        now = new WorkingImage(workSize);
        before = new WorkingImage(workSize);
    }

    @Override
    public List<ObjectMask> process(VideoFrame frame) {
        advance(frame);
        if (objectTrackerSet.ids().isEmpty()) {
            return List.of();
        }
        flow.calculate(now, before);
        return objectTrackerSet.follow(new FramePair(before, now, flow));
    }

    @Override
    public List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) {
        requireSize(frame);
        long number = frame.stamp().id().frameNumber();
        Map<Long, List<Prompt>> together = withEarlier(number, prompts);
        var asked = new TreeMap<Long, PromptSet>();
        for (long object : prompts.stream().map(Prompt::object).toList()) {
            PromptSet about = PromptSet.of(together.getOrDefault(object, List.of()), size);
            if (!about.canBegin() && !objectTrackerSet.ids().contains(object)) {
                throw new IllegalArgumentException("object " + object + " is not followed: say first where it is");
            }
            asked.put(object, about);
        }
        requireRoom(asked.keySet());
        said.clear();
        said.putAll(together);
        saidOfNumber = number;
        if (nowNumber == NONE_YET || number > nowNumber) {
            process(frame);
        }
        return number == nowNumber ? outline(asked, now) : outlineEarlier(asked, frame);
    }

    private Map<Long, List<Prompt>> withEarlier(long number, List<Prompt> prompts) {
        var together = new TreeMap<Long, List<Prompt>>();
        if (number == saidOfNumber) {
            said.forEach((object, earlier) -> together.put(object, new ArrayList<>(earlier)));
        }
        for (var prompt : prompts) {
            List<Prompt> ofObject = together.computeIfAbsent(prompt.object(), _ -> new ArrayList<>());
            if (prompt instanceof Prompt.MaskPrompt && number == saidOfNumber) {
                ofObject.removeIf(earlier -> !prompts.contains(earlier));
            }
            ofObject.add(prompt);
        }
        return together;
    }

    private List<ObjectMask> outline(Map<Long, PromptSet> asked, WorkingImage image) {
        var masks = new ArrayList<ObjectMask>();
        asked.forEach((object, about) -> {
            try (var mask = grabCutSegmenter.outline(about, image, objectTrackerSet.maskOf(object))) {
                masks.add(objectTrackerSet.put(object, image, mask));
            }
        });
        return masks;
    }

    /// Begins in an earlier frame, and carries over to the last one in a single step.
    private List<ObjectMask> outlineEarlier(Map<Long, PromptSet> asked, VideoFrame frame) {
        try (var earlier = new WorkingImage(workSize);
                var leap = new SharedFlow(config.flowShrink())) {
            earlier.fill(frame);
            List<ObjectMask> masks = outline(asked, earlier);
            leap.calculate(now, earlier);
            objectTrackerSet.catchUp(asked.keySet(), new FramePair(earlier, now, leap));
            return masks.stream()
                    .sorted(Comparator.comparingLong(ObjectMask::object))
                    .toList();
        }
    }

    private void advance(VideoFrame frame) {
        requireSize(frame);
        var free = before;
        before = now;
        now = free;
        now.fill(frame);
        nowNumber = frame.stamp().id().frameNumber();
    }

    private void requireRoom(Set<Long> asked) {
        var all = objectTrackerSet.ids();
        all.addAll(asked);
        if (all.size() > maxObjects) {
            throw new IllegalArgumentException(
                    "at most " + maxObjects + " objects are followed, would be " + all.size());
        }
    }

    private void requireSize(VideoFrame frame) {
        if (!frame.size().equals(size)) {
            throw new IllegalArgumentException("opened for frames of " + size + ", was given one of " + frame.size());
        }
    }

    @Override
    public boolean remove(long object) {
        said.remove(object);
        return objectTrackerSet.remove(object);
    }

    @Override
    public Set<Long> objects() {
        return objectTrackerSet.ids();
    }

    @Override
    public MemoryUse memory() {
        return objectTrackerSet.memory();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        ObjectTrackerState.writeHeading(out, size, workSize);
        out.writeLong(nowNumber);
        now.save(out);
        objectTrackerSet.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        objectTrackerSet.clear();
        said.clear();
        saidOfNumber = NONE_YET;
        ObjectTrackerState.readHeading(in, size, workSize);
        nowNumber = in.readLong();
        now.restore(in);
        objectTrackerSet.restore(in);
    }

    @Override
    public void close() {
        objectTrackerSet.close();
        flow.close();
        now.close();
        before.close();
    }
}
