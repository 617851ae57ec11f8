/// The parts of every service that works on streams: broker, work queue, stream events, start and stop, health,
/// metrics. A service adds a [ConsumerService], its [dev.aerie.service.worker.StreamWorkers] and their
/// [dev.aerie.service.metrics.StreamGauges]. Services that work on no streams exclude these beans.
@NullMarked
package dev.aerie.service.consumer;

import org.jspecify.annotations.NullMarked;
