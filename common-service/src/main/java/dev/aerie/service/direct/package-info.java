/// The single stream of a worker that has no work queue (`STREAM_NAME`).
@NullMarked
package dev.aerie.service.direct;

import org.jspecify.annotations.NullMarked;
