package dev.aerie.ingest.rtsp;

import java.util.List;

/// What the RTSP server does at this moment.
///
/// - `running`: it listens
/// - `threadsAlive`: every event loop took its turn within the last seconds
/// - `queuedUnits`: access units handed over by publishers that an event loop has still to send
/// - `connections`: open TCP connections, publishers and readers
/// - `malformedMessages`: requests and packets refused since the start
/// - `sentUnits`: access units sent to readers since the start, one for each reader that got it
/// - `streams`: the relayed streams, by name
public record RtspServerStats(
        boolean running,
        boolean threadsAlive,
        int queuedUnits,
        int connections,
        long malformedMessages,
        long sentUnits,
        List<StreamStats> streams) {

    /// One relayed stream. Rates are those of the last seconds as published, not as sent.
    ///
    /// - `droppedUnits`, `resumes`, `kickedReaders`: sums over all its readers, gone ones too
    public record StreamStats(
            String stream,
            double unitsPerSecond,
            double bitsPerSecond,
            long units,
            long droppedUnits,
            long resumes,
            long kickedReaders,
            List<ReaderStats> readers) {}

    /// One RTSP reader of a stream.
    ///
    /// - `transport`: `tcp`, `tls` (RTSPS) or `udp`
    /// - `droppedUnits`: access units it missed because it was slow
    /// - `resumes`: how often it went on at an IDR frame
    /// - `queuedBytes`: written for it, not yet taken by the kernel
    public record ReaderStats(
            String session,
            String remoteAddress,
            String transport,
            long sentBytes,
            long sentPackets,
            long droppedUnits,
            long resumes,
            long queuedBytes,
            long ageMillis) {}
}
