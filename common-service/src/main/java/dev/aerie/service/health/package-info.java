/// What the health of every service says alike.
@NullMarked
package dev.aerie.service.health;

import org.jspecify.annotations.NullMarked;
