/// What readiness says, and what is counted of streams and cameras.
@NullMarked
package dev.aerie.ptz.health;

import org.jspecify.annotations.NullMarked;
