package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.mot.TrackLog;
import dev.aerie.vision.motion.BackgroundMotion;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.track.TrackedObjectState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The objects that a detector finds, tracked by their boxes ([ByteTrack]): one beyond the limit of masks, and one that
/// the mask tracker has lost, is reported by its box.
///
/// An object has one identity whether it has a mask or not. Owns native memory; used by one thread.
final class BoxTracks implements AutoCloseable {

    /// Intersection over union from which two boxes are of one object.
    private static final double SAME_OBJECT = 0.5;

    /// For which boxes are predicted while the detector does not run.
    private static final long MAX_PREDICTED_FRAMES = 15;

    private static final long NO_IDENTITY = 0;

    private final LongSupplier newId;
    private final ByteTrack tracker = new ByteTrack(ByteTrackConfig.DEFAULT);
    private final BackgroundMotion background = new BackgroundMotion();
    private final TrackLog log = new TrackLog();
    /// Reported identities, by those of `tracker`.
    private final Map<Long, Long> identities = new HashMap<>();
    /// Of the objects with boxes only that were reported last, by reported identity.
    private final Map<Long, TrackState> reportedStates = new HashMap<>();
    private List<BoxTrack> tracks = List.of();
    private @Nullable FrameTime updatedAt;
    private @Nullable FrameTime detectedAt;

    /// - `newId`: gives identities that nobody else has
    BoxTracks(LongSupplier newId) {
        this.newId = newId;
    }

    /// Takes what a detector found in the newest frame, uncertain detections too.
    void detect(List<Detection> detections, VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        take(tracker.update(detections, cameraMotion(frame), elapsedFrames(now), Optional.of(frame.size())), now);
        detectedAt = now;
    }

    /// Moves on to the newest frame, in which the detector did not run.
    void coast(VideoFrame frame) {
        var now = FrameTime.of(frame.stamp());
        if (tracks.isEmpty()) {
            return;
        }
        if (detectedAt == null || now.framesSince(detectedAt) > MAX_PREDICTED_FRAMES) {
            forget();
        } else {
            take(tracker.coast(cameraMotion(frame), elapsedFrames(now), frame.size()), now);
        }
    }

    /// The identity of the object in this box of the newest frame; empty where no track has such a box.
    Optional<Long> identityAt(Box box) {
        return bestAt(box, tracks).map(this::identityOf);
    }

    /// Whether an object with a box only was reported last.
    boolean hasUnmasked() {
        return !reportedStates.isEmpty();
    }

    /// Whether an object has this identity.
    boolean contains(long id) {
        return identities.containsValue(id);
    }

    /// Gives the object in this box of the newest frame the identity of a track with a mask, unless the object has one.
    void identify(Box box, long id) {
        if (!contains(id)) {
            var nameless = tracks.stream()
                    .filter(track -> !identities.containsKey(track.id()))
                    .toList();
            bestAt(box, nameless).ifPresent(track -> identities.put(track.id(), id));
        }
    }

    /// Forgets an identity: what has it gets another one.
    boolean remove(long id) {
        return identities.values().remove(id);
    }

    /// Ends every track.
    void forget() {
        tracker.forget();
        background.reset();
        tracks = List.of();
        identities.clear();
        reportedStates.clear();
        updatedAt = null;
        detectedAt = null;
    }

    /// All objects of the newest frame, by identity: those with masks and those with boxes only.
    ///
    /// - `masked`: tracks with masks
    List<TrackedObjectState> addTo(List<TrackedObjectState> masked, VideoFrame frame) {
        if (tracks.isEmpty()) {
            reportedStates.clear();
            return masked;
        }
        log.beginFrame(frame.stamp().id());
        Map<Long, TrackedObjectState> all =
                masked.stream().collect(Collectors.toMap(one -> one.track().id(), one -> one));
        for (BoxTrack track : tracks) {
            var withMask = all.get(identities.getOrDefault(track.id(), NO_IDENTITY));
            if (withMask != null
                    && isConfirmed(track)
                    && all.values().stream().noneMatch(shown -> isShown(shown.track(), track.box()))) {
                all.put(withMask.track().id(), withBox(withMask, track));
            }
        }
        var shown = all.values().stream()
                .map(TrackedObjectState::track)
                .filter(BoxTracks::isConfirmed)
                .toList();
        Set<Long> boxOnly = new HashSet<>();
        for (BoxTrack track : tracks) {
            if (isReported(track) && bestAt(track.box(), shown).isEmpty() && !all.containsKey(identityOf(track))) {
                all.put(identityOf(track), boxOnly(track));
                boxOnly.add(identityOf(track));
            }
        }
        reportedStates.keySet().retainAll(boxOnly);
        return all.values().stream()
                .sorted(Comparator.comparingLong(one -> one.track().id()))
                .toList();
    }

    @Override
    public void close() {
        background.close();
    }

    private long identityOf(BoxTrack track) {
        return identities.computeIfAbsent(track.id(), _ -> newId.getAsLong());
    }

    private static boolean isShown(BoxTrack reported, Box found) {
        return isConfirmed(reported) && reported.box().overlapWith(found) >= SAME_OBJECT;
    }

    /// Whether it is seen now, or was reported with its box last: an object whose mask was given up stays so.
    private boolean isReported(BoxTrack track) {
        return isConfirmed(track) || reportedStates.containsKey(identities.getOrDefault(track.id(), NO_IDENTITY));
    }

    private static boolean isConfirmed(BoxTrack track) {
        return track.state() == TrackState.CONFIRMED;
    }

    /// An object whose mask is not shown, or lies elsewhere, where its detections are.
    private static TrackedObjectState withBox(TrackedObjectState masked, BoxTrack found) {
        var track = masked.track();
        return new TrackedObjectState(
                new BoxTrack(track.id(), found.box(), track.label(), track.score(), found.state(), track.ageFrames()),
                masked.mask(),
                masked.prompt());
    }

    private TrackedObjectState boxOnly(BoxTrack track) {
        long id = identityOf(track);
        var before = reportedStates.put(id, track.state());
        log.changed(id, track.label(), before == null ? TrackState.TENTATIVE : before, track.state(), "not_detected");
        return new TrackedObjectState(
                new BoxTrack(id, track.box(), track.label(), track.score(), track.state(), track.ageFrames()),
                Optional.empty(),
                Optional.of(StrategyKind.DETECTOR.wireName()));
    }

    private void take(List<BoxTrack> newest, FrameTime now) {
        tracks = newest;
        updatedAt = now;
        identities.keySet().retainAll(tracker.identities());
    }

    private CameraMotion cameraMotion(VideoFrame frame) {
        return background.measure(frame).orElse(CameraMotion.NONE);
    }

    private long elapsedFrames(FrameTime now) {
        return updatedAt == null ? 1 : Math.max(1, now.framesSince(updatedAt));
    }

    private static Optional<BoxTrack> bestAt(Box box, List<BoxTrack> tracks) {
        return tracks.stream()
                .filter(track -> track.box().overlapWith(box) >= SAME_OBJECT)
                .max(Comparator.comparingDouble(track -> track.box().overlapWith(box)));
    }
}
