/// Live streams as HLS and LL-HLS (RFC 8216bis), from the relay's own access units: fragmented MP4, nothing encoded
/// anew.
/// A stream is cut only while somebody asks for it.
@NullMarked
package dev.aerie.ingest.hls;

import org.jspecify.annotations.NullMarked;
