/// Keeps a target in view: from where it was seen to how fast the camera must move.
@NullMarked
package dev.aerie.ptz.control;

import org.jspecify.annotations.NullMarked;
