package dev.aerie.vision.testing;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Carries masks by knowing the truth of a [ThingWorld]; a test may make it slip from one thing onto
/// another, as a real tracker does.
public final class ThingTracker implements MaskTracker {

    private static final float SURE = 8;

    private final ThingWorld world;
    private final Map<Long, Integer> thingOfObject = new TreeMap<>();
    private final List<Long> unlearnt = new ArrayList<>();
    private List<Prompt> lastPrompts = List.of();
    private int processed;
    private boolean closed;

    private ThingTracker(ThingWorld world) {
        this.world = world;
    }

    /// Makes trackers of `world`, and remembers the last one made.
    public static final class Factory implements MaskTracker.Factory {

        private final ThingWorld world;
        private final boolean takesCoarseMasks;
        private ThingTracker last;

        public Factory(ThingWorld world) {
            this(world, false);
        }

        /// - `takesCoarseMasks`: as [MaskTracker.Factory#takesCoarseMasks] answers
        public Factory(ThingWorld world, boolean takesCoarseMasks) {
            this.world = world;
            this.takesCoarseMasks = takesCoarseMasks;
        }

        @Override
        public boolean takesCoarseMasks() {
            return takesCoarseMasks;
        }

        public ThingTracker last() {
            return last;
        }

        @Override
        public MaskTracker open(FrameSize size, int maxObjects, int bufferedFrames) {
            last = new ThingTracker(world);
            return last;
        }

        @Override
        public String name() {
            return "things";
        }

        @Override
        public String model() {
            return "truth";
        }

        @Override
        public void close() {}
    }

    /// From now on the mask of `object` lies on another thing.
    public void slip(long object, int thing) {
        thingOfObject.put(object, thing);
    }

    public int processed() {
        return processed;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public List<ObjectMask> process(VideoFrame frame) {
        processed++;
        return masks(frame, thingOfObject.keySet());
    }

    @Override
    public List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) {
        lastPrompts = List.copyOf(prompts);
        for (Prompt prompt : prompts) {
            thingAt(prompt, frame)
                    .ifPresentOrElse(
                            thing -> thingOfObject.put(prompt.object(), thing),
                            () -> thingOfObject.putIfAbsent(prompt.object(), -1));
        }
        return masks(frame, prompts.stream().map(Prompt::object).distinct().toList());
    }

    @Override
    public void unlearn(long object) {
        unlearnt.add(object);
    }

    /// The objects of which something was to be forgotten, in order.
    public List<Long> unlearnt() {
        return unlearnt;
    }

    /// The prompts of the last call.
    public List<Prompt> prompts() {
        return lastPrompts;
    }

    @Override
    public boolean remove(long object) {
        return thingOfObject.remove(object) != null;
    }

    @Override
    public Set<Long> objects() {
        return Set.copyOf(thingOfObject.keySet());
    }

    @Override
    public MemoryUse memory() {
        return new MemoryUse(thingOfObject.size(), 0);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(thingOfObject.size());
        for (var entry : thingOfObject.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeInt(entry.getValue());
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        thingOfObject.clear();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            thingOfObject.put(in.readLong(), in.readInt());
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private List<ObjectMask> masks(VideoFrame frame, Iterable<Long> objects) {
        var masks = new ArrayList<ObjectMask>();
        for (long object : objects) {
            masks.add(mask(object, thingOfObject.get(object), frame));
        }
        return masks;
    }

    private ObjectMask mask(long object, int thing, VideoFrame frame) {
        var place = thing < 0
                ? java.util.Optional.<Box>empty()
                : world.things().get(thing).place().apply(frame.stamp().id().frameNumber());
        var mask = place.map(box -> BinaryMask.of(frame.size(), box)).orElse(BinaryMask.empty(frame.size()));
        boolean isSeen = !mask.isEmpty();
        return new ObjectMask(object, MaskLogits.of(mask, SURE), isSeen ? 0.95 : 0, isSeen ? 1 : 0);
    }

    private OptionalInt thingAt(Prompt prompt, VideoFrame frame) {
        return IntStream.range(0, world.things().size())
                .filter(thing -> world.things()
                        .get(thing)
                        .place()
                        .apply(frame.stamp().id().frameNumber())
                        .filter(box -> isMeant(prompt, box, frame.size()))
                        .isPresent())
                .findFirst();
    }

    private static boolean isMeant(Prompt prompt, Box thing, FrameSize size) {
        return switch (prompt) {
            case Prompt.BoxPrompt box -> box.box().overlapWith(thing) > 0.3;
            case Prompt.MaskPrompt mask -> mask.mask().overlapWith(BinaryMask.of(size, thing)) > 0.3;
            case Prompt.PointPrompt points ->
                points.clicks().stream().allMatch(click -> click.positive() == contains(thing, click.point()));
        };
    }

    private static boolean contains(Box box, Point point) {
        return point.xPixels() >= box.leftPixels()
                && point.yPixels() >= box.topPixels()
                && point.xPixels() < box.rightPixels()
                && point.yPixels() < box.bottomPixels();
    }
}
