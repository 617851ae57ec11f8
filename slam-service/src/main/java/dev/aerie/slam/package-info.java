/// The slam-service: where the camera of each stream is, and what it has seen.
@NullMarked
package dev.aerie.slam;

import org.jspecify.annotations.NullMarked;
