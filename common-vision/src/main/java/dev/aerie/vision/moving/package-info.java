/// Detects what moves relative to the world with a network of our own, from optical flow.
@NullMarked
package dev.aerie.vision.moving;

import org.jspecify.annotations.NullMarked;
