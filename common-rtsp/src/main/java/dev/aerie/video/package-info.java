/// Encoded access units and decoded frames, each with its identity.
@NullMarked
package dev.aerie.video;

import org.jspecify.annotations.NullMarked;
