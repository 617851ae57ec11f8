/// What the health of every service says alike.
@NullMarked
package dev.aerie.health;

import org.jspecify.annotations.NullMarked;
