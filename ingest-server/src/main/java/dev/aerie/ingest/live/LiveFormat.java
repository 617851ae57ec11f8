package dev.aerie.ingest.live;

import dev.aerie.video.AccessUnit;
import java.util.List;

/// The wire format of one viewer's frames. Stateful: remembers which configuration the viewer has; used by one
/// thread at a time.
sealed interface LiveFormat permits AnnexBFormat, Fmp4Format {

    /// The messages that carry one access unit to the viewer; the first unit is an IDR frame.
    List<WebSocketMessage> encode(AccessUnit unit);
}
