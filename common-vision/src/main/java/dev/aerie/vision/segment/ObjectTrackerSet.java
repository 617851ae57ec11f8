package dev.aerie.vision.segment;

import static java.util.Objects.requireNonNull;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.opencv.opencv_core.Mat;

/// All objects that are followed in one stream, and who gets a pixel that several want. Owns native memory.
final class ObjectTrackerSet implements AutoCloseable {

    private static final float SURELY_OUTSIDE = -6;
    private static final float LOGITS_PER_PROBABILITY = 12;
    private static final float OTHERS = -0.5f;

    private final BilateralConfig config;
    private final FrameSize size;
    private final Workspace workspace = new Workspace();
    private final OverlapResolver overlapResolver;
    private final TreeMap<Long, ObjectTracker> followers = new TreeMap<>();

    /// - `size`: of the working image
    ObjectTrackerSet(BilateralConfig config, FrameSize size) {
        this.config = config;
        this.size = size;
        overlapResolver = new OverlapResolver(size);
    }

    /// Looks for all objects in the later frame of `scene`, in ascending order.
    List<ObjectMask> follow(FramePair framePair) {
        return follow(framePair, followers.keySet());
    }

    /// Looks for some objects only, whose masks are of the scene's earlier frame.
    void catchUp(Set<Long> objects, FramePair framePair) {
        follow(framePair, objects);
    }

    private List<ObjectMask> follow(FramePair framePair, Set<Long> objects) {
        overlapResolver.clear();
        var beliefs = new TreeMap<Long, MaskProbability>();
        for (long object : objects) {
            MaskProbability maskProbability = follower(object).look(framePair, objects.size());
            overlapResolver.claim(object, maskProbability);
            beliefs.put(object, maskProbability);
        }
        var found = new ArrayList<ObjectMask>();
        beliefs.forEach((object, maskProbability) -> {
            try (var mask = overlapResolver.maskOf(object, maskProbability.window())) {
                follower(object).accept(mask);
                double presence = maskProbability.presence();
                found.add(new ObjectMask(object, logits(maskProbability, mask), presence, presence));
            }
        });
        return found;
    }

    /// Begins an object, or corrects it; its mask as a tracker reports it.
    ///
    /// - `mask`: 8-bit, in `frame`; lent, both
    ObjectMask put(long object, WorkingImage image, Mat mask) {
        ObjectTracker known = followers.get(object);
        if (known == null) {
            followers.put(object, new ObjectTracker(config, workspace, image, mask));
        } else {
            known.correct(image, mask);
        }
        var all = new Window(0, 0, size.widthPixels(), size.heightPixels(), size.widthPixels(), size.heightPixels());
        var maskProbability = new MaskProbability(all, Plane.of(mask, 1 / 255.0), 1);
        return new ObjectMask(object, logits(maskProbability, mask), 1, 1);
    }

    /// The object's mask in the last frame, 8-bit; lent.
    Optional<Mat> maskOf(long object) {
        return Optional.ofNullable(followers.get(object)).map(ObjectTracker::mask);
    }

    boolean remove(long object) {
        ObjectTracker removed = followers.remove(object);
        if (removed != null) {
            removed.close();
        }
        return removed != null;
    }

    Set<Long> ids() {
        return new TreeSet<>(followers.keySet());
    }

    MaskTracker.MemoryUse memory() {
        var use = MaskTracker.MemoryUse.NONE;
        for (var objectTracker : followers.values()) {
            use = use.plus(objectTracker.memory());
        }
        return use;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(followers.size());
        for (var entry : followers.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().save(out);
        }
    }

    /// Reads what [#save] wrote; nothing may be followed yet.
    void restore(DataInput in) throws IOException {
        int count = in.readInt();
        try {
            for (int i = 0; i < count; i++) {
                followers.put(in.readLong(), ObjectTracker.restore(config, workspace, size, in));
            }
        } catch (IOException e) {
            clear();
            throw e;
        }
    }

    void clear() {
        followers.values().forEach(ObjectTracker::close);
        followers.clear();
    }

    private ObjectTracker follower(long object) {
        return requireNonNull(followers.get(object));
    }

    private MaskLogits logits(MaskProbability maskProbability, Mat mask) {
        var logits = new float[size.widthPixels() * size.heightPixels()];
        Arrays.fill(logits, SURELY_OUTSIDE);
        Window window = maskProbability.window();
        float[] probability = maskProbability.probability().values();
        ByteBuffer pixels = mask.createBuffer();
        for (int y = 0; y < window.height(); y++) {
            int to = (window.top() + y) * size.widthPixels() + window.left();
            for (int x = 0; x < window.width(); x++) {
                float logit = LOGITS_PER_PROBABILITY * (probability[y * window.width() + x] - 0.5f);
                logits[to + x] = pixels.get(to + x) != 0 ? logit : Math.min(logit, OTHERS);
            }
        }
        return new MaskLogits(size.widthPixels(), size.heightPixels(), logits);
    }

    @Override
    public void close() {
        clear();
        workspace.close();
    }
}
