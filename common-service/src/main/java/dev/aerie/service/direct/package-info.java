/// A worker's own stream: followed by itself, without a work queue.
@NullMarked
package dev.aerie.service.direct;

import org.jspecify.annotations.NullMarked;
