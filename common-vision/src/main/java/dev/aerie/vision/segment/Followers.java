package dev.aerie.vision.segment;

import static java.util.Objects.requireNonNull;

import dev.aerie.video.PictureSize;
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
final class Followers implements AutoCloseable {

    private static final float SURELY_OUTSIDE = -6;
    private static final float LOGITS_PER_PROBABILITY = 12;
    private static final float OTHERS = -0.5f;

    private final BilateralConfig config;
    private final PictureSize size;
    private final Tools tools = new Tools();
    private final Arbiter arbiter;
    private final TreeMap<Long, Follower> followers = new TreeMap<>();

    /// - `size`: of the working picture
    Followers(BilateralConfig config, PictureSize size) {
        this.config = config;
        this.size = size;
        arbiter = new Arbiter(size);
    }

    /// Looks for all objects in the later picture of `scene`, in ascending order.
    List<ObjectMask> follow(Scene scene) {
        return follow(scene, followers.keySet());
    }

    /// Looks for some objects only, whose masks are of the scene's earlier picture.
    void catchUp(Set<Long> objects, Scene scene) {
        follow(scene, objects);
    }

    private List<ObjectMask> follow(Scene scene, Set<Long> objects) {
        arbiter.clear();
        var beliefs = new TreeMap<Long, Belief>();
        for (long object : objects) {
            Belief belief = follower(object).look(scene, objects.size());
            arbiter.claim(object, belief);
            beliefs.put(object, belief);
        }
        var found = new ArrayList<ObjectMask>();
        beliefs.forEach((object, belief) -> {
            try (var mask = arbiter.maskOf(object, belief.window())) {
                follower(object).accept(mask);
                double presence = belief.presence();
                found.add(new ObjectMask(object, logits(belief, mask), presence, presence));
            }
        });
        return found;
    }

    /// Begins an object, or corrects it; its mask as a tracker reports it.
    ///
    /// - `mask`: 8-bit, in `picture`; lent, both
    ObjectMask put(long object, WorkPicture picture, Mat mask) {
        Follower known = followers.get(object);
        if (known == null) {
            followers.put(object, new Follower(config, tools, picture, mask));
        } else {
            known.correct(picture, mask);
        }
        var all = new Window(0, 0, size.widthPixels(), size.heightPixels(), size.widthPixels(), size.heightPixels());
        var belief = new Belief(all, Plane.of(mask, 1 / 255.0), 1);
        return new ObjectMask(object, logits(belief, mask), 1, 1);
    }

    /// The object's mask in the last picture, 8-bit; lent.
    Optional<Mat> maskOf(long object) {
        return Optional.ofNullable(followers.get(object)).map(Follower::mask);
    }

    boolean remove(long object) {
        Follower removed = followers.remove(object);
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
        for (var follower : followers.values()) {
            use = use.plus(follower.memory());
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
                followers.put(in.readLong(), Follower.restore(config, tools, size, in));
            }
        } catch (IOException e) {
            clear();
            throw e;
        }
    }

    void clear() {
        followers.values().forEach(Follower::close);
        followers.clear();
    }

    private Follower follower(long object) {
        return requireNonNull(followers.get(object));
    }

    private MaskLogits logits(Belief belief, Mat mask) {
        var logits = new float[size.widthPixels() * size.heightPixels()];
        Arrays.fill(logits, SURELY_OUTSIDE);
        Window window = belief.window();
        float[] probability = belief.probability().values();
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
        tools.close();
    }
}
