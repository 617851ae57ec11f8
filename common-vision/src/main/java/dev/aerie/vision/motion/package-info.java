/// How the camera itself moved from frame to frame.
@NullMarked
package dev.aerie.vision.motion;

import org.jspecify.annotations.NullMarked;
