/// Commands on the broker: printing messages, asking the fleet to restart.
@NullMarked
package dev.aerie.cli.bus;

import org.jspecify.annotations.NullMarked;
