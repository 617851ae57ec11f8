/// How right this machine's clock is, by the word of an NTP server.
@NullMarked
package dev.aerie.ingest.time;

import org.jspecify.annotations.NullMarked;
