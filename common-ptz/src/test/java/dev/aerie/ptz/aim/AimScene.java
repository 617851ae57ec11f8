package dev.aerie.ptz.aim;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Frames of a camera with tracks at given directions, at 25 frames per second.
final class AimScene {

    static final int WIDTH = 1920;
    static final int HEIGHT = 1080;
    static final double FRAMES_PER_SECOND = 25;
    static final Lens LENS = Lens.rectilinear(60, WIDTH / (double) HEIGHT);

    private static final double ASPECT_OF_A_PERSON = 0.4;

    private final List<AimTrack> tracks = new ArrayList<>();
    private PtzPosition camera = PtzPosition.HOME;
    private long frame;

    AimScene camera(double panDegrees, double tiltDegrees, double zoom) {
        camera = new PtzPosition(panDegrees, tiltDegrees, zoom);
        return this;
    }

    AimScene person(long id, double panDegrees, double tiltDegrees) {
        return thing(id, "person", panDegrees, tiltDegrees, 5, TrackState.CONFIRMED, "");
    }

    AimScene person(long id, double panDegrees, double tiltDegrees, String identity) {
        return thing(id, "person", panDegrees, tiltDegrees, 5, TrackState.CONFIRMED, identity);
    }

    AimScene predicted(long id, double panDegrees, double tiltDegrees) {
        return thing(id, "person", panDegrees, tiltDegrees, 5, TrackState.OCCLUDED, "");
    }

    AimScene thing(
            long id,
            String label,
            double panDegrees,
            double tiltDegrees,
            double heightDegrees,
            TrackState state,
            String identity) {
        var centre =
                LENS.pointOf(new Direction(panDegrees, tiltDegrees), camera).orElseThrow();
        double height = HEIGHT * Math.tan(Math.toRadians(heightDegrees / 2)) / LENS.halfHeightTangent(camera.zoom());
        double width = ASPECT_OF_A_PERSON * height;
        double x = (centre.x() + 1) / 2 * WIDTH;
        double y = (1 - centre.y()) / 2 * HEIGHT;
        var box = new Box(x - width / 2, y - height / 2, width, height);
        var name = Optional.of(identity).filter(text -> !text.isEmpty());
        tracks.add(new AimTrack(id, label, 0.9, box, state, name));
        return this;
    }

    /// The frame with all that was added since the last one.
    AimFrame next() {
        var made = new AimFrame(
                Math.round(1e9 * frame / FRAMES_PER_SECOND), WIDTH, HEIGHT, List.copyOf(tracks), camera, LENS);
        tracks.clear();
        frame++;
        return made;
    }

    /// Of the frame that [#next] makes next.
    double seconds() {
        return frame / FRAMES_PER_SECOND;
    }
}
