/// One stream from its frames to its results, and which streams this replica works on.
@NullMarked
package dev.aerie.frames.pipeline;

import org.jspecify.annotations.NullMarked;
