/// Access units into RTP packets (RFC 6184, RFC 7798) in pooled buffers, once for all readers.
@NullMarked
package dev.aerie.ingest.rtp;

import org.jspecify.annotations.NullMarked;
