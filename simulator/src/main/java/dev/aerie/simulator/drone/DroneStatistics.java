package dev.aerie.simulator.drone;

/// A drone's counters.
///
/// - `framesSent`, `bytesSent`: of video accepted by a server
/// - `lateFrames`: ready more than one frame's time after they were due
/// - `skippedFrames`: never rendered, because they were too late
/// - `connections`: how often the video's connection was opened
public record DroneStatistics(
        long framesSent,
        long bytesSent,
        long lateFrames,
        long skippedFrames,
        long imuSamplesSent,
        long telemetrySent,
        long connections) {}
