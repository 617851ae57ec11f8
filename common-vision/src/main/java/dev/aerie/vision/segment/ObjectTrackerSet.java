package dev.aerie.vision.segment;

import static java.util.Objects.requireNonNull;

import dev.aerie.messages.FrameId;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All tracked objects of one stream. Owns native memory.
final class ObjectTrackerSet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectTrackerSet.class);
    private static final float BACKGROUND_LOGIT = -6;
    private static final float LOGITS_PER_PROBABILITY = 12;
    private static final float MAX_LOGIT_OF_OTHERS = -0.5f;

    private final BilateralConfig config;
    private final FrameSize size;
    private final Workspace workspace = new Workspace();
    private final OverlapResolver overlapResolver;
    private final TreeMap<Long, ObjectTracker> trackers = new TreeMap<>();

    /// - `size`: of the working image
    ObjectTrackerSet(BilateralConfig config, FrameSize size) {
        this.config = config;
        this.size = size;
        overlapResolver = new OverlapResolver(size);
    }

    /// Tracks all objects into the later frame, in ascending order.
    List<ObjectMask> track(FramePair framePair) {
        return track(framePair, trackers.keySet());
    }

    /// Tracks some objects only, whose masks are of the earlier frame.
    void catchUp(Set<Long> objects, FramePair framePair) {
        track(framePair, objects);
    }

    private List<ObjectMask> track(FramePair framePair, Set<Long> objects) {
        if (config.isSelective()) {
            meetTwins(framePair, objects);
        }
        overlapResolver.clear();
        var probabilities = new TreeMap<Long, MaskProbability>();
        for (long object : objects) {
            MaskProbability probability = tracker(object).predict(framePair, objects.size());
            overlapResolver.claim(object, probability);
            probabilities.put(object, probability);
        }
        var found = new ArrayList<ObjectMask>();
        probabilities.forEach((object, probability) -> {
            try (var mask = overlapResolver.maskOf(object, probability.window())) {
                update(object, mask, framePair.id());
                double presence = probability.presence();
                found.add(new ObjectMask(object, logits(probability, mask), presence, presence));
            }
        });
        return found;
    }

    /// Has each object know whether it meets another one that looks alike.
    private void meetTwins(FramePair framePair, Set<Long> objects) {
        var meeting = new TreeSet<Long>();
        for (long object : objects) {
            ObjectTracker tracker = tracker(object);
            for (long other : objects) {
                ObjectTracker twin = tracker(other);
                boolean meets = object != other
                        && tracker.isNear(twin)
                        && ((tracker.isInContact() && twin.isInContact()) || tracker.isLike(twin, framePair.before()));
                if (meets) {
                    meeting.add(object);
                    meeting.add(other);
                }
            }
        }
        for (long object : objects) {
            ObjectTracker tracker = tracker(object);
            boolean wasInContact = tracker.isInContact();
            tracker.meet(meeting.contains(object));
            if (tracker.isInContact() != wasInContact) {
                LOG.info(
                        "twin {} stream={} object={} frame={}",
                        wasInContact ? "parted" : "met",
                        framePair.id().stream(),
                        object,
                        framePair.id().frameNumber());
            }
        }
    }

    private void update(long object, Mat mask, FrameId frame) {
        ObjectTracker tracker = tracker(object);
        boolean wasLost = tracker.isLost();
        tracker.update(mask);
        if (tracker.isLost() != wasLost) {
            LOG.info(
                    "mask {} stream={} object={} frame={} areaPixels={} typicalAreaPixels={}",
                    wasLost ? "re-found" : "lost",
                    frame.stream(),
                    object,
                    frame.frameNumber(),
                    tracker.areaPixels(),
                    Math.round(tracker.typicalAreaPixels()));
        }
    }

    /// Starts tracking an object, or corrects it; its mask as a tracker reports it.
    ///
    /// - `mask`: 8-bit, in `image`; lent, both
    ObjectMask setMask(long object, WorkingImage image, Mat mask) {
        ObjectTracker existing = trackers.get(object);
        if (existing == null) {
            trackers.put(object, new ObjectTracker(config, workspace, image, mask));
        } else {
            existing.correct(image, mask);
        }
        var all = new Window(0, 0, size.widthPixels(), size.heightPixels(), size.widthPixels(), size.heightPixels());
        var probability = new MaskProbability(all, Plane.of(mask, 1 / 255.0), 1);
        return new ObjectMask(object, logits(probability, mask), 1, 1);
    }

    /// The object's mask in the last frame, 8-bit; lent.
    Optional<Mat> maskOf(long object) {
        return Optional.ofNullable(trackers.get(object)).map(ObjectTracker::mask);
    }

    /// The object's mask of the newest frame is not learnt from.
    void unlearn(long object) {
        ObjectTracker tracker = trackers.get(object);
        if (tracker != null) {
            tracker.unlearn();
        }
    }

    boolean remove(long object) {
        ObjectTracker removed = trackers.remove(object);
        if (removed != null) {
            removed.close();
        }
        return removed != null;
    }

    Set<Long> ids() {
        return new TreeSet<>(trackers.keySet());
    }

    MaskTracker.MemoryUse memory() {
        var use = MaskTracker.MemoryUse.NONE;
        for (var objectTracker : trackers.values()) {
            use = use.plus(objectTracker.memory());
        }
        return use;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(trackers.size());
        for (var entry : trackers.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().save(out);
        }
    }

    /// Reads what [#save] wrote, into a new set.
    void restore(DataInput in) throws IOException {
        int count = in.readInt();
        try {
            for (int i = 0; i < count; i++) {
                trackers.put(in.readLong(), ObjectTracker.restore(config, workspace, size, in));
            }
        } catch (IOException e) {
            clear();
            throw e;
        }
    }

    void clear() {
        trackers.values().forEach(ObjectTracker::close);
        trackers.clear();
    }

    private ObjectTracker tracker(long object) {
        return requireNonNull(trackers.get(object));
    }

    private MaskLogits logits(MaskProbability maskProbability, Mat mask) {
        var logits = new float[size.widthPixels() * size.heightPixels()];
        Arrays.fill(logits, BACKGROUND_LOGIT);
        Window window = maskProbability.window();
        float[] probability = maskProbability.probability().values();
        ByteBuffer pixels = mask.createBuffer();
        for (int y = 0; y < window.height(); y++) {
            int to = (window.top() + y) * size.widthPixels() + window.left();
            for (int x = 0; x < window.width(); x++) {
                float logit = LOGITS_PER_PROBABILITY * (probability[y * window.width() + x] - 0.5f);
                logits[to + x] = pixels.get(to + x) != 0 ? logit : Math.min(logit, MAX_LOGIT_OF_OTHERS);
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
