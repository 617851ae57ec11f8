/// What services count alike for the operator's graphs.
@NullMarked
package dev.aerie.service.metrics;

import org.jspecify.annotations.NullMarked;
