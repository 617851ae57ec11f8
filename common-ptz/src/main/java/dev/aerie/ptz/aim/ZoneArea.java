package dev.aerie.ptz.aim;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzRange;
import java.util.List;

/// Where a zone lies.
public sealed interface ZoneArea {

    /// Drawn in the image, wherever the camera points.
    ///
    /// - `corners`: of a polygon, at least three; it is closed by itself
    record InImage(List<ImagePoint> corners) implements ZoneArea {
        public InImage {
            corners = List.copyOf(corners);
            if (corners.size() < 3) {
                throw new IllegalArgumentException("a zone has at least 3 corners, had " + corners.size());
            }
        }

        /// By the number of edges that a ray to the right crosses.
        boolean contains(ImagePoint point) {
            boolean inside = false;
            for (int i = 0; i < corners.size(); i++) {
                var a = corners.get(i);
                var b = corners.get((i + 1) % corners.size());
                if (a.y() > point.y() != b.y() > point.y()) {
                    double x = a.x() + (point.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x());
                    inside ^= x > point.x();
                }
            }
            return inside;
        }
    }

    /// Fixed before the camera, whatever it points at: ranges of direction.
    record InDirections(PtzRange panDegrees, PtzRange tiltDegrees) implements ZoneArea {

        boolean contains(Direction direction) {
            return panDegrees.contains(direction.panDegrees()) && tiltDegrees.contains(direction.tiltDegrees());
        }
    }

    /// Whether something stands in it.
    ///
    /// - `foot`: where it stands, in the image; `direction`: the same point before the camera
    default boolean contains(ImagePoint foot, Direction direction) {
        return switch (this) {
            case InImage image -> image.contains(foot);
            case InDirections directions -> directions.contains(direction);
        };
    }
}
