/// How good SLAM is on a sequence of frames whose truth is known.
@NullMarked
package dev.aerie.slam.eval;

import org.jspecify.annotations.NullMarked;
