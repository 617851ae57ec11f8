/// What SLAM found, in files that others read: keyframes, poses as they come, points.
@NullMarked
package dev.aerie.slam.output;

import org.jspecify.annotations.NullMarked;
