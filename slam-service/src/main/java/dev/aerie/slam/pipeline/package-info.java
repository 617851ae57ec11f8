/// One stream from its frames to its poses, and what is kept of them.
@NullMarked
package dev.aerie.slam.pipeline;

import org.jspecify.annotations.NullMarked;
