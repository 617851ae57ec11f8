/// Bounds on what strangers may take of a server: places and guesses, counted by address.
@NullMarked
package dev.aerie.limits;

import org.jspecify.annotations.NullMarked;
