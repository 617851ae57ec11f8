/// How the camera itself moved from picture to picture.
@NullMarked
package dev.aerie.vision.motion;

import org.jspecify.annotations.NullMarked;
