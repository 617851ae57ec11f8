/// What an inertial sensor adds to one camera: how it turned between two frames, which way is down, how long a
/// metre is.
@NullMarked
package dev.aerie.slam.imu;

import org.jspecify.annotations.NullMarked;
