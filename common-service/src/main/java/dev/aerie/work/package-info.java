/// How a worker begins to work on a stream of its own.
@NullMarked
package dev.aerie.work;

import org.jspecify.annotations.NullMarked;
