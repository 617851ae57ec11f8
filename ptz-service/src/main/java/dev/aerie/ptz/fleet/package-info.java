/// The cameras that this service steers: who is in control of each, what it does by itself, how it stands.
@NullMarked
package dev.aerie.ptz.fleet;

import org.jspecify.annotations.NullMarked;
