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

/// Propagates masks without learned weights: optical flow warps each mask, then the appearance of object and background
/// corrects it.
///
/// docs/segmentation.md describes the method, its sources and its accuracy.
final class BilateralTracker implements MaskTracker {

    private static final long NO_FRAME = -1;

    private final BilateralConfig config;
    private final FrameSize size;
    private final int maxObjects;
    private final FrameSize workSize;
    private final GrabCutSegmenter segmenter;
    private final SharedFlow flow;
    private final ObjectTrackerSet trackers;
    private final Map<Long, List<Prompt>> promptsOfFrame = new TreeMap<>();
    private WorkingImage current;
    private WorkingImage previous;
    private long currentNumber = NO_FRAME;
    private long promptedNumber = NO_FRAME;

    /// - `size`: of every frame; `maxObjects`: maximum that is tracked at a time
    BilateralTracker(BilateralConfig config, FrameSize size, int maxObjects) {
        this.config = config;
        this.maxObjects = maxObjects;
        this.size = size;
        workSize = WorkingImage.sizeFor(size, config.maxPixels());
        segmenter = new GrabCutSegmenter(size, workSize, config.segmentationCells());
        flow = new SharedFlow(config.flowShrink());
        trackers = new ObjectTrackerSet(config, workSize);
        current = new WorkingImage(workSize);
        previous = new WorkingImage(workSize);
    }

    @Override
    public List<ObjectMask> process(VideoFrame frame) {
        advance(frame);
        if (trackers.ids().isEmpty()) {
            return List.of();
        }
        flow.calculate(current, previous);
        return trackers.track(
                new FramePair(previous, current, flow, frame.stamp().id()));
    }

    @Override
    public List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) {
        requireSize(frame);
        long number = frame.stamp().id().frameNumber();
        Map<Long, List<Prompt>> merged = mergeEarlier(number, prompts);
        var promptSets = new TreeMap<Long, PromptSet>();
        for (long object : prompts.stream().map(Prompt::object).toList()) {
            PromptSet promptSet = PromptSet.of(merged.getOrDefault(object, List.of()), size);
            if (!promptSet.hasForeground() && !trackers.ids().contains(object)) {
                throw new IllegalArgumentException("object " + object
                        + " is not tracked: its first prompt must be a mask, a box or a positive click");
            }
            promptSets.put(object, promptSet);
        }
        requireCapacity(promptSets.keySet());
        promptsOfFrame.clear();
        promptsOfFrame.putAll(merged);
        promptedNumber = number;
        if (currentNumber == NO_FRAME || number > currentNumber) {
            process(frame);
        }
        return number == currentNumber ? segment(promptSets, current) : segmentEarlier(promptSets, frame);
    }

    private Map<Long, List<Prompt>> mergeEarlier(long number, List<Prompt> prompts) {
        var merged = new TreeMap<Long, List<Prompt>>();
        if (number == promptedNumber) {
            promptsOfFrame.forEach((object, earlier) -> merged.put(object, new ArrayList<>(earlier)));
        }
        for (var prompt : prompts) {
            List<Prompt> ofObject = merged.computeIfAbsent(prompt.object(), _ -> new ArrayList<>());
            if (prompt instanceof Prompt.MaskPrompt && number == promptedNumber) {
                ofObject.removeIf(earlier -> !prompts.contains(earlier));
            }
            ofObject.add(prompt);
        }
        return merged;
    }

    private List<ObjectMask> segment(Map<Long, PromptSet> promptSets, WorkingImage image) {
        var masks = new ArrayList<ObjectMask>();
        promptSets.forEach((object, promptSet) -> {
            try (var mask = segmenter.segment(promptSet, image, trackers.maskOf(object))) {
                masks.add(trackers.setMask(object, image, mask));
            }
        });
        return masks;
    }

    /// Segments in an earlier frame, and propagates to the last one in a single step.
    private List<ObjectMask> segmentEarlier(Map<Long, PromptSet> promptSets, VideoFrame frame) {
        try (var earlier = new WorkingImage(workSize);
                var longFlow = new SharedFlow(config.flowShrink())) {
            earlier.fill(frame);
            List<ObjectMask> masks = segment(promptSets, earlier);
            longFlow.calculate(current, earlier);
            trackers.catchUp(
                    promptSets.keySet(),
                    new FramePair(earlier, current, longFlow, frame.stamp().id()));
            return masks.stream()
                    .sorted(Comparator.comparingLong(ObjectMask::object))
                    .toList();
        }
    }

    private void advance(VideoFrame frame) {
        requireSize(frame);
        var recycled = previous;
        previous = current;
        current = recycled;
        current.fill(frame);
        currentNumber = frame.stamp().id().frameNumber();
    }

    private void requireCapacity(Set<Long> promptSets) {
        var all = trackers.ids();
        all.addAll(promptSets);
        if (all.size() > maxObjects) {
            throw new IllegalArgumentException(
                    "at most " + maxObjects + " objects are tracked, would be " + all.size());
        }
    }

    private void requireSize(VideoFrame frame) {
        if (!frame.size().equals(size)) {
            throw new IllegalArgumentException("opened for frames of " + size + ", not of " + frame.size());
        }
    }

    @Override
    public void unlearn(long object) {
        trackers.unlearn(object);
    }

    @Override
    public boolean remove(long object) {
        promptsOfFrame.remove(object);
        return trackers.remove(object);
    }

    @Override
    public Set<Long> objects() {
        return trackers.ids();
    }

    @Override
    public MemoryUse memory() {
        return trackers.memory();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        ObjectTrackerState.writeHeading(out, size, workSize);
        out.writeLong(currentNumber);
        current.save(out);
        trackers.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        trackers.clear();
        promptsOfFrame.clear();
        promptedNumber = NO_FRAME;
        ObjectTrackerState.readHeading(in, size, workSize);
        currentNumber = in.readLong();
        current.restore(in);
        trackers.restore(in);
    }

    @Override
    public void close() {
        trackers.close();
        flow.close();
        current.close();
        previous.close();
    }
}
