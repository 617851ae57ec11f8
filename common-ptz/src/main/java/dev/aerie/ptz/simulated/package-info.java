/// Cameras that exist in this process only: their motors, latency and faults, in virtual or real time.
@NullMarked
package dev.aerie.ptz.simulated;

import org.jspecify.annotations.NullMarked;
