/// What this machine has and lacks for the fleet.
@NullMarked
package dev.aerie.cli.doctor;

import org.jspecify.annotations.NullMarked;
