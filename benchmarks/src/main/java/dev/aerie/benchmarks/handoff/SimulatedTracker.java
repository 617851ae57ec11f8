package dev.aerie.benchmarks.handoff;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.motion.CameraMotion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A detector with errors, misses and occlusions before the real [ByteTrack], which is given the camera's motion. Knows
/// the truth, and says it only to who asks for it.
final class SimulatedTracker {

    static final int WIDTH = 1280;
    static final int HEIGHT = 720;

    private static final double ERROR_PIXELS = 2.5;
    private static final double MISSED = 0.05;
    private static final double HIDDEN_OVERLAP = 0.45;
    private static final double SAME_OVERLAP = 0.3;
    private static final double SCORE = 0.85;

    private final SiteCamera camera;
    private final SplittableRandom random;
    private final ByteTrack tracker = new ByteTrack(ByteTrackConfig.DEFAULT);
    private Optional<PtzPosition> before = Optional.empty();

    /// A track in one frame, and whom its box shows in truth.
    record Seen(BoxTrack track, int walker) {

        boolean isDetected() {
            return track.state() == TrackState.CONFIRMED;
        }

        ImagePoint foot() {
            var box = track.box();
            return new ImagePoint(
                    2 * (box.leftPixels() + box.widthPixels() / 2) / WIDTH - 1, 1 - 2 * box.bottomPixels() / HEIGHT);
        }
    }

    private record Shown(int walker, Box box, double distanceMetres) {}

    SimulatedTracker(SiteCamera camera, SplittableRandom random) {
        this.camera = camera;
        this.random = random;
    }

    /// The tracks of this frame, also those that are not detected in it.
    ///
    /// - `position`: where the camera really points
    List<Seen> detect(List<Walker> walkers, PtzPosition position, double seconds) {
        var shown = new ArrayList<Shown>();
        for (var walker : walkers) {
            shown(walker, position, seconds).ifPresent(shown::add);
        }
        shown.sort(Comparator.comparingDouble(Shown::distanceMetres));
        var tracks = tracker.update(detections(shown), motion(position), 1, Optional.of(new FrameSize(WIDTH, HEIGHT)));
        before = Optional.of(position);
        return tracks.stream()
                .map(track -> new Seen(track, shownBy(track.box(), shown)))
                .toList();
    }

    private List<Detection> detections(List<Shown> shown) {
        var detections = new ArrayList<Detection>();
        for (int i = 0; i < shown.size(); i++) {
            if (!isHidden(shown, i) && random.nextDouble() >= MISSED) {
                detections.add(new Detection(withError(shown.get(i).box), "person", SCORE));
            }
        }
        return detections;
    }

    /// The walker whose box this is; -1 for nobody's.
    private static int shownBy(Box box, List<Shown> shown) {
        int walker = -1;
        double overlap = SAME_OVERLAP;
        for (var one : shown) {
            if (one.box.overlapWith(box) > overlap) {
                overlap = one.box.overlapWith(box);
                walker = one.walker;
            }
        }
        return walker;
    }

    /// Of the background: how the middle of the last frame has moved, and by how much it has grown.
    private CameraMotion motion(PtzPosition position) {
        if (before.isEmpty()) {
            return CameraMotion.NONE;
        }
        var lens = camera.lens();
        double growth = lens.halfWidthTangent(before.get().zoom()) / lens.halfWidthTangent(position.zoom());
        return lens.pointOf(Direction.of(before.get()), position)
                .map(middle -> new CameraMotion(List.of(
                        growth,
                        0.0,
                        (middle.x() + 1 - growth) * WIDTH / 2,
                        0.0,
                        growth,
                        (1 - middle.y() - growth) * HEIGHT / 2,
                        0.0,
                        0.0,
                        1.0)))
                .orElse(CameraMotion.NONE);
    }

    private Optional<Shown> shown(Walker walker, PtzPosition position, double seconds) {
        var foot = walker.footAt(seconds);
        var low = camera.imageOf(foot, position);
        var high = camera.imageOf(foot.at(Walker.HEIGHT_METRES), position);
        if (low.isEmpty()
                || high.isEmpty()
                || !low.get().isInFrame()
                || !high.get().isInFrame()) {
            return Optional.empty();
        }
        double distance = camera.groundDistanceTo(foot);
        double height = (high.get().y() - low.get().y()) / 2 * HEIGHT;
        double width = Math.max(2, height * Walker.WIDTH_METRES / Walker.HEIGHT_METRES);
        double x = (low.get().x() + 1) / 2 * WIDTH;
        double bottom = (1 - low.get().y()) / 2 * HEIGHT;
        return Optional.of(
                new Shown(walker.number(), new Box(x - width / 2, bottom - height, width, height), distance));
    }

    private static boolean isHidden(List<Shown> nearestFirst, int index) {
        for (int nearer = 0; nearer < index; nearer++) {
            if (nearestFirst.get(nearer).box.overlapWith(nearestFirst.get(index).box) > HIDDEN_OVERLAP) {
                return true;
            }
        }
        return false;
    }

    private Box withError(Box box) {
        double height = Math.max(2, box.heightPixels() + error());
        double width = Math.max(2, box.widthPixels() + error());
        double bottom = box.bottomPixels() + error();
        double middle = box.leftPixels() + box.widthPixels() / 2 + error();
        return new Box(middle - width / 2, bottom - height, width, height);
    }

    private double error() {
        return ERROR_PIXELS * random.nextGaussian();
    }
}
