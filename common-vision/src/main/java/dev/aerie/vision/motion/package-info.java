/// Camera motion and sparse optical flow.
@NullMarked
package dev.aerie.vision.motion;

import org.jspecify.annotations.NullMarked;
