/// Corners that can be found again: ORB keypoints, spread evenly over a frame, with binary descriptors.
@NullMarked
package dev.aerie.slam.feature;

import org.jspecify.annotations.NullMarked;
