package dev.aerie.ingest.rtsp;

import dev.aerie.auth.Credentials;
import java.util.Optional;

/// Who may publish and who may read; an empty one is open to everybody who can connect.
///
/// - `basic`: whether passwords are taken in the clear (Basic) besides Digest
public record RtspAccess(Optional<Credentials> publish, Optional<Credentials> read, boolean basic) {

    /// By Digest alone.
    public RtspAccess(Optional<Credentials> publish, Optional<Credentials> read) {
        this(publish, read, false);
    }

    /// Anybody may publish and read: only fit for a server that listens on loopback.
    public static RtspAccess open() {
        return new RtspAccess(Optional.empty(), Optional.empty());
    }
}
