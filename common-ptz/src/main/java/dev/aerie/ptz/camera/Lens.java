package dev.aerie.ptz.camera;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How a camera's image and the angles before it belong together, at each zoom. Rectilinear: a straight line stays
/// straight, and the distance from the centre of the image grows with the tangent of the angle.
///
/// - `fieldsOfView`: measured ones, by rising zoom, at least one. Between two of them the tangent of half the field is
///   interpolated over the logarithm of the zoom; outside it goes with 1/zoom from the nearest
/// - `aspect`: width of a frame over its height, in square pixels
///
/// Source: R. Hartley and A. Zisserman, Multiple View Geometry in Computer Vision, 2nd edition, section 6.1.
public record Lens(List<FieldOfView> fieldsOfView, double aspect) {

    private static final double MAX_HFOV_DEGREES = 170;

    public Lens {
        fieldsOfView = fieldsOfView.stream()
                .sorted(Comparator.comparingDouble(FieldOfView::zoom))
                .toList();
        if (fieldsOfView.isEmpty()) {
            throw new IllegalArgumentException("a lens has at least one field of view");
        }
        for (int i = 1; i < fieldsOfView.size(); i++) {
            if (fieldsOfView.get(i).zoom() == fieldsOfView.get(i - 1).zoom()) {
                throw new IllegalArgumentException(
                        "two fields of view at zoom " + fieldsOfView.get(i).zoom());
            }
        }
        if (!(aspect > 0) || !Double.isFinite(aspect)) {
            throw new IllegalArgumentException("aspect must be > 0, was " + aspect);
        }
    }

    /// The horizontal field of view at one zoom.
    ///
    /// - `hfovDegrees`: above 0, at most 170
    public record FieldOfView(double zoom, double hfovDegrees) {

        public FieldOfView {
            if (!(zoom >= 1) || !Double.isFinite(zoom)) {
                throw new IllegalArgumentException("zoom must be >= 1, was " + zoom);
            }
            if (!(hfovDegrees > 0 && hfovDegrees <= MAX_HFOV_DEGREES)) {
                throw new IllegalArgumentException("hfovDegrees must be in 0..170, was " + hfovDegrees);
            }
        }

        private double halfTangent() {
            return Math.tan(Math.toRadians(hfovDegrees) / 2);
        }
    }

    /// A lens of which only the widest field of view is known: twice the zoom halves the tangent of half the field.
    public static Lens rectilinear(double widestHfovDegrees, double aspect) {
        return new Lens(List.of(new FieldOfView(1, widestHfovDegrees)), aspect);
    }

    public double hfovDegrees(double zoom) {
        return Math.toDegrees(2 * Math.atan(halfWidthTangent(zoom)));
    }

    public double vfovDegrees(double zoom) {
        return Math.toDegrees(2 * Math.atan(halfHeightTangent(zoom)));
    }

    /// The tangent of half the horizontal field of view.
    public double halfWidthTangent(double zoom) {
        FieldOfView first = fieldsOfView.getFirst();
        FieldOfView last = fieldsOfView.getLast();
        if (zoom <= first.zoom()) {
            return first.halfTangent() * first.zoom() / Math.max(zoom, 1);
        }
        if (zoom >= last.zoom()) {
            return last.halfTangent() * last.zoom() / zoom;
        }
        int above = 1;
        while (fieldsOfView.get(above).zoom() < zoom) {
            above++;
        }
        return between(fieldsOfView.get(above - 1), fieldsOfView.get(above), zoom);
    }

    /// The tangent of half the vertical field of view.
    public double halfHeightTangent(double zoom) {
        return halfWidthTangent(zoom) / aspect;
    }

    private static double between(FieldOfView below, FieldOfView above, double zoom) {
        double share = Math.log(zoom / below.zoom()) / Math.log(above.zoom() / below.zoom());
        return Math.exp((1 - share) * Math.log(below.halfTangent()) + share * Math.log(above.halfTangent()));
    }

    /// The zoom at which the tangent of half the horizontal field of view is the given one; at least 1.
    public double zoomOf(double halfWidthTangent) {
        double low = 1;
        double high = 1;
        while (halfWidthTangent(high) > halfWidthTangent) {
            high *= 2;
        }
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (halfWidthTangent(middle) > halfWidthTangent) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /// The direction that a point of the image shows.
    ///
    /// - `camera`: where the camera pointed when the frame was taken
    public Direction directionOf(ImagePoint point, PtzPosition camera) {
        double right = point.x() * halfWidthTangent(camera.zoom());
        double up = point.y() * halfHeightTangent(camera.zoom());
        double tilt = Math.toRadians(camera.tiltDegrees());
        double forward = Math.cos(tilt) - up * Math.sin(tilt);
        double height = Math.sin(tilt) + up * Math.cos(tilt);
        double pan = Math.toDegrees(Math.atan2(right, forward));
        return new Direction(camera.panDegrees() + pan, Math.toDegrees(Math.atan2(height, Math.hypot(right, forward))));
    }

    /// The point of the image that shows a direction, also outside of the frame; empty for a direction at a right
    /// angle to the optical axis or behind it.
    public Optional<ImagePoint> pointOf(Direction direction, PtzPosition camera) {
        double pan = Math.toRadians(direction.panDegrees() - camera.panDegrees());
        double tilt = Math.toRadians(direction.tiltDegrees());
        double cameraTilt = Math.toRadians(camera.tiltDegrees());
        double level = Math.cos(tilt) * Math.cos(pan);
        double depth = level * Math.cos(cameraTilt) + Math.sin(tilt) * Math.sin(cameraTilt);
        if (depth <= 1e-6) {
            return Optional.empty();
        }
        double right = Math.cos(tilt) * Math.sin(pan) / depth;
        double up = (Math.sin(tilt) * Math.cos(cameraTilt) - level * Math.sin(cameraTilt)) / depth;
        return Optional.of(
                new ImagePoint(right / halfWidthTangent(camera.zoom()), up / halfHeightTangent(camera.zoom())));
    }
}
