package dev.aerie.ingest.live;

import dev.aerie.video.AccessUnit;
import java.util.List;

/// How one viewer wants its frames. Keeps what the viewer knows already; used by one thread at a time.
sealed interface LiveFormat permits AnnexBFormat, Fmp4Format {

    /// The messages that bring one access unit to the viewer; the first unit is an IDR frame.
    List<WebSocketMessage> encode(AccessUnit unit);
}
