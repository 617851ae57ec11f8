/// The work on each stream: its frames, what is tracked in them, where its camera is steered.
@NullMarked
package dev.aerie.ptz.pipeline;

import org.jspecify.annotations.NullMarked;
