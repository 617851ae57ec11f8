/// Relaying by an external go2rtc: our streams are offered to it, and consumers are sent there.
@NullMarked
package dev.aerie.ingest.gortc;

import org.jspecify.annotations.NullMarked;
