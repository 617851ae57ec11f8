/// Where background threads are made: guarded, counted, and known to the readiness of their process.
@NullMarked
package dev.aerie.threads;

import org.jspecify.annotations.NullMarked;
