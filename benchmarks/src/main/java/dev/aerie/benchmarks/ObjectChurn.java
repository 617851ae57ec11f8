package dev.aerie.benchmarks;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.Prompt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// Adds, corrects and removes objects at random with a fixed seed, which makes a tracker allocate and release memory.
final class ObjectChurn {

    private static final int COMES_EVERY = 7;
    private static final int CORRECTED_EVERY = 31;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Deque<Long> followed = new ArrayDeque<>();
    private final int objects;
    private long last;

    /// - `objects`: maximum at a time
    ObjectChurn(int objects) {
        this.objects = objects;
    }

    /// Runs `tracker` on one frame, with the changes of that frame.
    void step(MaskTracker tracker, VideoFrame frame, long image) throws ModelException {
        tracker.process(frame);
        if (image % COMES_EVERY == 0) {
            if (followed.size() == objects) {
                tracker.remove(followed.removeFirst());
            }
            last++;
            followed.add(last);
            tracker.prompt(frame, List.of(prompt(last, frame.size())));
        } else if (image % CORRECTED_EVERY == 0) {
            tracker.prompt(frame, List.of(click(followed.getFirst(), frame.size())));
        }
    }

    /// Number of objects added so far.
    long came() {
        return last;
    }

    private Prompt prompt(long object, FrameSize size) {
        return switch (random.nextInt(3)) {
            case 0 -> click(object, size);
            case 1 -> new Prompt.BoxPrompt(object, box(size));
            default -> new Prompt.MaskPrompt(object, BinaryMask.of(size, box(size)));
        };
    }

    private Prompt click(long object, FrameSize size) {
        var place = new Point(random.nextDouble(size.widthPixels()), random.nextDouble(size.heightPixels()));
        return new Prompt.PointPrompt(object, List.of(new Prompt.Click(place, true)));
    }

    private Box box(FrameSize size) {
        double width = size.widthPixels() / 4.0;
        double height = size.heightPixels() / 4.0;
        return new Box(
                random.nextDouble(size.widthPixels() - width),
                random.nextDouble(size.heightPixels() - height),
                width,
                height);
    }
}
