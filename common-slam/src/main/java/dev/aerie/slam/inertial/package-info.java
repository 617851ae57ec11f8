/// An engine and an inertial sensor on the same body, together.
@NullMarked
package dev.aerie.slam.inertial;

import org.jspecify.annotations.NullMarked;
