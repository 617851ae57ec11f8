/// A simulated drone: video, inertial samples and telemetry over WebSockets, in real time.
@NullMarked
package dev.aerie.simulator.drone;

import org.jspecify.annotations.NullMarked;
