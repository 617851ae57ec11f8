/// SAM 2.1 and EdgeTAM on a live stream: which pixels belong to each object, from picture to picture, in fixed memory.
@NullMarked
package dev.aerie.vision.sam2;

import org.jspecify.annotations.NullMarked;
