package dev.aerie.ingest.stream;

import dev.aerie.video.FrameStamp;
import java.util.Optional;

/// A stream at one moment.
///
/// - `source`: where it comes from, without secrets
/// - `last`: the newest frame; empty while [StreamState#WAITING]
/// - `framesPerSecond`, `bitsPerSecond`: measured over the last seconds
/// - `readers`: of every kind, browsers too
/// - `silentMillis`: since the newest frame, or since the publisher connected
/// - `endCause`: why it ended; empty while it has not
public record StreamSnapshot(
        String stream,
        StreamState state,
        String source,
        Optional<FrameStamp> last,
        Optional<VideoFormat> format,
        double framesPerSecond,
        double bitsPerSecond,
        int readers,
        long silentMillis,
        StreamTotals totals,
        String endCause) {}
