/// The pipeline of one stream, from frames to results, and the workers of the streams assigned to this replica.
@NullMarked
package dev.aerie.frames.pipeline;

import org.jspecify.annotations.NullMarked;
