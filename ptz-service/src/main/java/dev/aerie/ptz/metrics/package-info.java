/// What is counted of the commands to cameras.
@NullMarked
package dev.aerie.ptz.metrics;

import org.jspecify.annotations.NullMarked;
