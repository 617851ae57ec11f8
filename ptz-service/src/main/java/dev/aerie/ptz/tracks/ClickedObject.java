package dev.aerie.ptz.tracks;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sot.SingleObjectTracker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows what a person clicked, of any kind, in every frame: by a single-object tracker, which begins with the
/// smallest detection round the click, or with a square round it where nothing was detected. Where the tracker is not
/// sure, the detection of the same track begins it anew; without one for a while it gives up, and detections are left.
///
/// Owns its tracker until [#close]; used by one thread.
public final class ClickedObject implements AutoCloseable {

    /// NanoTrack's scores of what is not there reach 0.7 (`docs/tracking.md`).
    static final double MIN_SCORE = 0.8;

    static final long GIVE_UP_NANOS = 3_000_000_000L;

    /// Ids of things that no detector knows begin here, far from those of tracks.
    static final long FIRST_OWN_ID = 1L << 40;

    static final String UNKNOWN_LABEL = "object";

    /// Side of the square, as a share of the frame's height.
    private static final double SQUARE_SHARE = 0.15;

    private final SingleObjectTracker tracker;
    private @Nullable AimMode noticed;
    private Optional<ImagePoint> click = Optional.empty();
    private Optional<AimTrack> target = Optional.empty();
    private long nextOwnId = FIRST_OWN_ID;
    private long sureNanos;

    /// - `tracker`: owned from here on
    public ClickedObject(SingleObjectTracker tracker) {
        this.tracker = tracker;
    }

    /// Takes the mode of the camera; a click begins something else, another mode ends it. True where the next frame is
    /// needed with its detections.
    public boolean notice(AimMode mode) {
        if (!mode.equals(noticed)) {
            noticed = mode;
            target = Optional.empty();
            click = mode instanceof AimMode.FollowOne(TargetSelector.AtPoint(ImagePoint point))
                    ? Optional.of(point)
                    : Optional.empty();
        }
        return click.isPresent();
    }

    /// Whether frames without detections are of use.
    public boolean isFollowing() {
        return target.isPresent();
    }

    /// The tracks of a frame with the clicked one among them, where it is found.
    ///
    /// - `frame`: lent
    /// - `detected`: in this frame; empty where nobody looked
    public List<AimTrack> join(VideoFrame frame, List<AimTrack> detected) throws ModelException {
        if (click.isPresent()) {
            AimTrack object = at(click.get(), frame.size(), detected);
            click = Optional.empty();
            return begin(frame, object, detected);
        }
        if (target.isEmpty()) {
            return detected;
        }
        AimTrack before = target.get();
        var found = tracker.update(frame);
        long now = frame.stamp().captureTimeNanos();
        Optional<AimTrack> own =
                detected.stream().filter(one -> one.id() == before.id()).findFirst();
        if (found.score() >= MIN_SCORE) {
            sureNanos = now;
            var seen = new AimTrack(
                    before.id(),
                    own.map(AimTrack::label).orElse(before.label()),
                    found.score(),
                    found.box(),
                    TrackState.CONFIRMED,
                    own.flatMap(AimTrack::identity).or(before::identity));
            target = Optional.of(seen);
            return with(seen, detected);
        }
        if (own.filter(one -> one.state() == TrackState.CONFIRMED).isPresent()) {
            return begin(frame, own.get(), detected);
        }
        if (now - sureNanos > GIVE_UP_NANOS) {
            target = Optional.empty();
        }
        return detected;
    }

    private List<AimTrack> begin(VideoFrame frame, AimTrack object, List<AimTrack> detected) throws ModelException {
        tracker.begin(frame, inside(object.box(), frame.size()));
        target = Optional.of(object);
        sureNanos = frame.stamp().captureTimeNanos();
        return with(object, detected);
    }

    /// The smallest detection round the point; else a thing of its own.
    private AimTrack at(ImagePoint point, FrameSize size, List<AimTrack> detected) {
        double x = (point.x() + 1) / 2 * size.widthPixels();
        double y = (1 - point.y()) / 2 * size.heightPixels();
        double side = SQUARE_SHARE * size.heightPixels();
        return detected.stream()
                .filter(one -> one.state() == TrackState.CONFIRMED && contains(one.box(), x, y))
                .min(Comparator.comparingDouble(one -> one.box().areaPixels()))
                .orElseGet(() -> AimTrack.of(
                        nextOwnId++,
                        UNKNOWN_LABEL,
                        1,
                        new Box(x - side / 2, y - side / 2, side, side),
                        TrackState.CONFIRMED));
    }

    private static boolean contains(Box box, double x, double y) {
        return x >= box.leftPixels() && x <= box.rightPixels() && y >= box.topPixels() && y <= box.bottomPixels();
    }

    /// A tracker is begun with a box whose middle is in the frame.
    private static Box inside(Box box, FrameSize size) {
        double x = Math.clamp(box.leftPixels() + box.widthPixels() / 2, 0, size.widthPixels());
        double y = Math.clamp(box.topPixels() + box.heightPixels() / 2, 0, size.heightPixels());
        double width = Math.max(1, box.widthPixels());
        double height = Math.max(1, box.heightPixels());
        return new Box(x - width / 2, y - height / 2, width, height);
    }

    private static List<AimTrack> with(AimTrack object, List<AimTrack> detected) {
        var all = new ArrayList<AimTrack>(
                detected.stream().filter(one -> one.id() != object.id()).toList());
        all.add(object);
        return List.copyOf(all);
    }

    @Override
    public void close() {
        tracker.close();
    }
}
