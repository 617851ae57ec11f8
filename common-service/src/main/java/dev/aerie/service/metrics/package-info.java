/// Metrics that all services have.
@NullMarked
package dev.aerie.service.metrics;

import org.jspecify.annotations.NullMarked;
