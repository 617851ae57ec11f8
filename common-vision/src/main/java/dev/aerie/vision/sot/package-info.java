/// Single-object tracking: one object that somebody pointed out, of any kind, from frame to frame.
@NullMarked
package dev.aerie.vision.sot;

import org.jspecify.annotations.NullMarked;
