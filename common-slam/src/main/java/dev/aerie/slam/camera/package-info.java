/// Lenses with distortion, and where their calibration comes from: a file, or a guess from the field of view.
@NullMarked
package dev.aerie.slam.camera;

import org.jspecify.annotations.NullMarked;
