/// A worker's own stream: followed by itself, without a work queue.
@NullMarked
package dev.aerie.rtsp.own;

import org.jspecify.annotations.NullMarked;
