package dev.aerie.slam.map;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All keyframes and landmarks, in one or several submaps, behind one lock with one version number.
///
/// The mapping thread alone changes it, inside [#write]; it may read without the lock, for nobody else writes. All
/// other threads read inside [#read]. A submap has its own origin and scale until it is merged with another.
public final class SlamMap {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeMap<Integer, Keyframe> keyframes = new TreeMap<>();
    private final Set<Landmark> landmarks = new LinkedHashSet<>();
    private int nextKeyframe;
    private long nextLandmark;
    private int nextSubmap;
    private final AtomicLong version = new AtomicLong();

    /// Looks at the map while nobody changes it.
    public <T> T read(Supplier<T> look) {
        lock.readLock().lock();
        try {
            return look.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Changes the map while nobody looks; the version grows.
    public void write(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            version.incrementAndGet();
            lock.writeLock().unlock();
        }
    }

    /// Grows with every change.
    public long version() {
        return version.get();
    }

    /// In the order in which they were made; a copy.
    public List<Keyframe> keyframes() {
        return List.copyOf(keyframes.values());
    }

    public int keyframeCount() {
        return keyframes.size();
    }

    /// Those of one submap, in the order in which they were made.
    public List<Keyframe> keyframesOf(int submap) {
        return keyframes.values().stream().filter(k -> k.submap() == submap).toList();
    }

    /// A copy.
    public List<Landmark> landmarks() {
        return List.copyOf(landmarks);
    }

    public int landmarkCount() {
        return landmarks.size();
    }

    /// The submaps' numbers.
    public List<Integer> submaps() {
        return keyframes.values().stream().map(Keyframe::submap).distinct().toList();
    }

    /// The number of a submap that does not exist yet.
    public int newSubmap() {
        return nextSubmap++;
    }

    public Keyframe addKeyframe(
            FrameFeatures frameFeatures, PinholeCamera camera, RigidTransform cameraFromWorld, int submap) {
        var keyframe = new Keyframe(nextKeyframe++, frameFeatures, camera, cameraFromWorld, submap);
        keyframes.put(keyframe.number(), keyframe);
        return keyframe;
    }

    /// Adds a landmark that a keyframe's feature shows.
    public Landmark addLandmark(Vector3 position, Keyframe keyframe, int feature) {
        var descriptor = keyframe.features().descriptor(feature);
        var landmark = new Landmark(nextLandmark++, position, descriptor, keyframe.number());
        landmarks.add(landmark);
        observe(landmark, keyframe, feature);
        return landmark;
    }

    /// Notes that a feature shows a landmark; what it was thought to show before is forgotten.
    public void observe(Landmark landmark, Keyframe keyframe, int feature) {
        keyframe.landmark(feature).ifPresent(old -> unobserve(old, keyframe));
        unobserve(landmark, keyframe);
        keyframe.setLandmark(feature, landmark);
        landmark.observations().put(keyframe, feature);
    }

    /// Forgets that a keyframe shows a landmark.
    public void unobserve(Landmark landmark, Keyframe keyframe) {
        Integer feature = landmark.observations().remove(keyframe);
        if (feature != null) {
            keyframe.setLandmark(feature, null);
        }
    }

    public void remove(Landmark landmark) {
        remove(landmark, null);
    }

    private void remove(Landmark landmark, @Nullable Landmark replacement) {
        landmark.observations().forEach((keyframe, feature) -> keyframe.setLandmark(feature, null));
        landmark.observations().clear();
        landmarks.remove(landmark);
        landmark.markRemoved(replacement);
    }

    /// Two landmarks are one: what `doubled` was seen in becomes `kept`'s.
    public void fuse(Landmark doubled, Landmark kept) {
        if (doubled == kept) {
            return;
        }
        var seen = List.copyOf(doubled.observations().entrySet());
        remove(doubled, kept);
        for (var entry : seen) {
            if (!kept.isSeenBy(entry.getKey())) {
                observe(kept, entry.getKey(), entry.getValue());
            }
        }
        kept.addCountsOf(doubled);
        kept.refresh();
    }

    /// Takes a keyframe out; `heir` stands for it from now on. Landmarks that too few see without it go with
    /// it.
    public void remove(Keyframe keyframe, Keyframe heir) {
        for (var landmark : keyframe.landmarks()) {
            unobserve(landmark, keyframe);
            if (landmark.observations().size() < 2) {
                remove(landmark);
            }
        }
        keyframe.covisibility().leave(heir);
        keyframe.markRemoved(heir);
        keyframes.remove(keyframe.number());
    }

    /// Transforms a whole submap: other axes, another scale.
    public void transform(int submap, Sim3 newFromOld) {
        var oldFromNew = newFromOld.inverse();
        var moved = new LinkedHashSet<Landmark>();
        for (var keyframe : keyframesOf(submap)) {
            keyframe.moveTo(Sim3.of(keyframe.cameraFromWorld()).times(oldFromNew));
            moved.addAll(keyframe.landmarks());
        }
        for (var landmark : moved) {
            landmark.moveTo(newFromOld.apply(landmark.position()));
        }
        moved.forEach(Landmark::refresh);
    }

    /// Merges two submaps, after [#transform] has brought both into the same axes.
    public void merge(int submap, int into) {
        keyframesOf(submap).forEach(keyframe -> keyframe.moveToSubmap(into));
    }

    /// Removes a submap with its keyframes and landmarks.
    public void removeSubmap(int submap) {
        var gone = keyframesOf(submap);
        var seen = new ArrayList<Landmark>();
        gone.forEach(keyframe -> seen.addAll(keyframe.landmarks()));
        seen.stream().filter(landmark -> !landmark.isRemoved()).forEach(this::remove);
        gone.forEach(keyframe -> keyframes.remove(keyframe.number()));
        gone.forEach(keyframe -> keyframe.moveToSubmap(Keyframe.NO_SUBMAP));
    }
}
