package dev.aerie.ingest.rtsp;

/// How much may wait for one reader before frames are dropped for it, up to the next IDR frame.
///
/// - `maxQueuedBytes`: bytes written but not yet taken by the kernel, beyond the group of pictures it starts with
/// - `maxQueuedUnits`: access units likewise
/// - `socketBufferBytes`: SO_SNDBUF of its connection; the kernel may hold up to twice of it
public record ReaderLimits(int maxQueuedBytes, int maxQueuedUnits, int socketBufferBytes) {

    public ReaderLimits {
        if (maxQueuedBytes < 1 || maxQueuedUnits < 1 || socketBufferBytes < 1) {
            throw new IllegalArgumentException("limits must be > 0, were " + maxQueuedBytes + " bytes, "
                    + maxQueuedUnits + " units, " + socketBufferBytes + " bytes of socket buffer");
        }
    }

    /// 4 MiB or 120 access units in the server, 256 KiB in the socket.
    public static ReaderLimits defaults() {
        return new ReaderLimits(4 << 20, 120, 256 << 10);
    }
}
