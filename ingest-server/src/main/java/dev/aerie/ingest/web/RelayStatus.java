package dev.aerie.ingest.web;

import java.util.List;

/// The relay at one moment.
///
/// - `rtspRunning`: it listens; `rtspUrl`: of the default stream
/// - `queueSize`: access units handed over that have still to be sent
/// - `threadAlive`: all threads that should run do
/// - `relay`: `built-in`, or `go2rtc` where that one serves the readers
public record RelayStatus(
        boolean rtspRunning,
        String rtspUrl,
        int queueSize,
        boolean threadAlive,
        String relay,
        int connections,
        long malformedMessages,
        List<RelayedStream> streams) {

    /// A stream with each of its RTSP readers.
    record RelayedStream(StreamView stream, List<ReaderView> readers) {}

    /// One RTSP reader, `transport` being `tcp` or `udp`.
    record ReaderView(
            String remoteAddress,
            String transport,
            long sentBytes,
            long droppedUnits,
            long resumes,
            long queuedBytes,
            long ageMillis) {}
}
