/// PTZ cameras that stand in the rendered town: their motors obey protocol servers, their frames show what they point
/// at.
@NullMarked
package dev.aerie.simulator.ptz;

import org.jspecify.annotations.NullMarked;
