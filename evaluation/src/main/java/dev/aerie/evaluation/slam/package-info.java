/// How good SLAM is on a sequence of frames whose truth is known.
@NullMarked
package dev.aerie.evaluation.slam;

import org.jspecify.annotations.NullMarked;
