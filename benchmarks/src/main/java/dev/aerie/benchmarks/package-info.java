/// How fast the relay is and what it costs, beside the other servers that are installed, in the same run.
@NullMarked
package dev.aerie.benchmarks;

import org.jspecify.annotations.NullMarked;
