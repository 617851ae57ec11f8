/// Following the objects of a stream from picture to picture, by whatever means.
@NullMarked
package dev.aerie.vision.track;

import org.jspecify.annotations.NullMarked;
