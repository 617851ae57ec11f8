/// The offset of this machine's clock, measured against an NTP server.
@NullMarked
package dev.aerie.ingest.time;

import org.jspecify.annotations.NullMarked;
