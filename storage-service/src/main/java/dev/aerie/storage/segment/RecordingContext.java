package dev.aerie.storage.segment;

import dev.aerie.messages.Ulid;
import dev.aerie.storage.catalog.OpenSegments;
import java.util.function.Supplier;

/// Where segments go; shared by the recorders of all streams, safe for several threads.
///
/// - `ids`: gives a new id to each segment
public record RecordingContext(
        ArchiveRoot root, SegmentRegistrar registrar, OpenSegments open, RateLimitedLog faults, Supplier<Ulid> ids) {}
