/// RTMP 1.0 (Adobe, 2012), of which a publisher of H.264 or H.265 needs: encoders and drones publish by it.
@NullMarked
package dev.aerie.ingest.rtmp;

import org.jspecify.annotations.NullMarked;
