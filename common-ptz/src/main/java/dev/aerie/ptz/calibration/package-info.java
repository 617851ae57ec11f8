/// A camera that measures itself: moves by command, watches how the image moves, and works out dead time, speeds and
/// field of view.
@NullMarked
package dev.aerie.ptz.calibration;

import org.jspecify.annotations.NullMarked;
