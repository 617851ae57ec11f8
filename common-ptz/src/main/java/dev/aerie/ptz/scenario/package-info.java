/// Targets that move by formula before a simulated camera, and how well a controller keeps them in view.
@NullMarked
package dev.aerie.ptz.scenario;

import org.jspecify.annotations.NullMarked;
