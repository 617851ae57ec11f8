/// What passes through the broker, for people: looking at it, and asking the fleet to restart.
@NullMarked
package dev.aerie.cli.bus;

import org.jspecify.annotations.NullMarked;
