/// Cameras that measure themselves: run, kept over restarts, shown.
@NullMarked
package dev.aerie.ptz.measure;

import org.jspecify.annotations.NullMarked;
