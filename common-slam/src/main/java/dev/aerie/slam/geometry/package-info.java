/// Points, motions and cameras: the mathematics that the rest of SLAM is written in; knows none of its
/// siblings.
@NullMarked
package dev.aerie.slam.geometry;

import org.jspecify.annotations.NullMarked;
