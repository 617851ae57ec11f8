/// SAM 2.1 and EdgeTAM on a live stream: which pixels belong to each object, from frame to frame, in fixed memory.
@NullMarked
package dev.aerie.vision.sam2;

import org.jspecify.annotations.NullMarked;
