/// Ground truth: poses, boxes, masks, depth and inertial samples of each frame.
@NullMarked
package dev.aerie.simulator.truth;

import org.jspecify.annotations.NullMarked;
