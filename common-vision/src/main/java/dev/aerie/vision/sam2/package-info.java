/// SAM 2.1 and EdgeTAM on a live stream: mask propagation in bounded memory. Start at
/// [dev.aerie.vision.sam2.Sam2Tracker].
@NullMarked
package dev.aerie.vision.sam2;

import org.jspecify.annotations.NullMarked;
