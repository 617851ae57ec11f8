package dev.aerie.storage.segment;

import dev.aerie.limits.ByteBudget;
import dev.aerie.messages.Ulid;
import dev.aerie.storage.catalog.OpenSegments;
import java.util.function.Supplier;

/// The destination of segments; shared by the recorders of all streams, safe for several threads.
///
/// - `ids`: generates the ids of segments
/// - `queued`: what may wait for the disk, of all streams together
public record RecordingContext(
        ArchiveRoot root,
        SegmentRegistrar registrar,
        OpenSegments open,
        RateLimitedLog faults,
        Supplier<Ulid> ids,
        ByteBudget queued) {}
