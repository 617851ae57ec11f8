/// Fragmented MP4 for browsers without WebCodecs: access units in, media segments out; ISO/IEC 14496-12 and
/// -15.
@NullMarked
package dev.aerie.ingest.mp4;

import org.jspecify.annotations.NullMarked;
