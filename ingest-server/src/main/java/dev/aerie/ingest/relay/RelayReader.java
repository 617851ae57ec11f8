package dev.aerie.ingest.relay;

import dev.aerie.video.AccessUnit;

/// A reader of a relayed stream. Called on the publisher's thread: must not block and must not throw; a slow reader
/// bounds its own queue, drops, and resumes at an IDR frame.
public interface RelayReader {

    /// The next access unit. The first ones are the cached group of pictures, from its IDR frame on.
    void accept(AccessUnit unit);

    /// The stream has ended; nothing follows.
    void ended();
}
