/// Thresholds of the SLAM engine: one record for each stage, with units in the names and the values in use as
/// `DEFAULT`.
@NullMarked
package dev.aerie.slam.tuning;

import org.jspecify.annotations.NullMarked;
