/// Relaying through an external go2rtc: our streams are registered there, and consumers read from it.
@NullMarked
package dev.aerie.ingest.gortc;

import org.jspecify.annotations.NullMarked;
