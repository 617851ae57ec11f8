/// Following the objects of a stream from frame to frame, by whatever means.
@NullMarked
package dev.aerie.vision.track;

import org.jspecify.annotations.NullMarked;
