/// A camera that pans, tilts and zooms, whatever protocol it speaks.
@NullMarked
package dev.aerie.ptz.camera;

import org.jspecify.annotations.NullMarked;
