/// What one broker carries: the messages of many streams through the fleet's own clients and through others.
@NullMarked
package dev.aerie.benchmarks.bus;

import org.jspecify.annotations.NullMarked;
