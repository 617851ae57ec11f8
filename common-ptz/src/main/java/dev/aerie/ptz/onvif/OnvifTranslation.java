package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.onvif.OnvifSpaces.Space;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SpaceUri;
import dev.aerie.ptz.xml.XmlElement;
import dev.aerie.settings.cameras.FieldOfView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells a camera to turn by angles in a space that it offers for that.
///
/// - `fieldOfView`: of its lens, for the space in which 1 is the edge of the frame
record OnvifTranslation(OnvifScale scale, Optional<FieldOfView> fieldOfView) {

    /// Height over width of the frames that all cameras send by default.
    private static final double FRAME_SHAPE = 9.0 / 16;

    /// Beyond it, the tangent of an angle says nothing.
    private static final double MAX_DEGREES = 80;

    private static final String KIND = "RelativePanTiltTranslationSpace";

    /// Whether the camera turns by these angles in full: in the field-of-view space the edge of the frame is the limit.
    boolean reaches(double panDegrees, double tiltDegrees, double zoom) {
        if (inDegrees().isPresent()) {
            return true;
        }
        var space = inFieldOfView();
        double width = fieldOfView.map(lens -> lens.horizontalDegrees(zoom)).orElse(0.0);
        return space.isPresent()
                && width > 0
                && space.get().x().contains(share(panDegrees, width, 1))
                && space.get().y().contains(share(tiltDegrees, width, FRAME_SHAPE));
    }

    boolean isPossible() {
        return inDegrees().or(this::generic).isPresent() || (inFieldOfView().isPresent() && fieldOfView.isPresent());
    }

    /// The parts of a `tptz:Translation`; none where there is no space for it.
    ///
    /// - `zoom`: magnification now, at least 1
    List<XmlElement> parts(double panDegrees, double tiltDegrees, double zoomFactor, double zoom) {
        var parts = new ArrayList<XmlElement>();
        panTilt(panDegrees, tiltDegrees, zoom).ifPresent(parts::add);
        double target = scale.ranges().zoom().clamp(zoom * zoomFactor);
        var range = scale.ranges().zoom();
        if (zoomFactor != 1 && range.max() > range.min()) {
            scale.spaces()
                    .find("RelativeZoomTranslationSpace", SpaceUri.ZOOM_TRANSLATION)
                    .map(space -> OnvifNames.zoom(
                            space.x().clamp((target - zoom) / (range.max() - range.min())), space.uri()))
                    .ifPresent(parts::add);
        }
        return parts;
    }

    private Optional<XmlElement> panTilt(double pan, double tilt, double zoom) {
        var view = fieldOfView.flatMap(
                lens -> inFieldOfView().map(space -> inView(pan, tilt, lens.horizontalDegrees(zoom), space)));
        return inDegrees()
                .map(space -> clamped(pan, tilt, space))
                .or(() -> view)
                .or(() -> generic()
                        .map(space -> clamped(
                                share(pan, scale.ranges().panDegrees()),
                                share(tilt, scale.ranges().tiltDegrees()),
                                space)));
    }

    /// Where a point at these angles stands in the frame: 1 at the right and the upper edge.
    private static XmlElement inView(double pan, double tilt, double horizontalDegrees, Space space) {
        return clamped(share(pan, horizontalDegrees, 1), share(tilt, horizontalDegrees, FRAME_SHAPE), space);
    }

    /// - `shape`: of the axis, over the width of the frame
    private static double share(double degrees, double horizontalDegrees, double shape) {
        double half = Math.tan(Math.toRadians(horizontalDegrees / 2)) * shape;
        return Math.tan(Math.toRadians(Math.clamp(degrees, -MAX_DEGREES, MAX_DEGREES))) / half;
    }

    private static XmlElement clamped(double x, double y, Space space) {
        return OnvifNames.panTilt(space.x().clamp(x), space.y().clamp(y), space.uri());
    }

    /// The generic space: 1 is the whole range.
    private static double share(double degrees, PtzRange range) {
        return range.max() > range.min() ? degrees / (range.max() - range.min()) : 0;
    }

    private Optional<Space> inDegrees() {
        return scale.spaces().find(KIND, SpaceUri.TRANSLATION_DEGREES);
    }

    private Optional<Space> inFieldOfView() {
        return scale.spaces().find(KIND, SpaceUri.TRANSLATION_FIELD_OF_VIEW);
    }

    private Optional<Space> generic() {
        return scale.spaces().find(KIND, SpaceUri.TRANSLATION);
    }
}
