package dev.aerie.simulator.drone;

/// What a drone has done until now.
///
/// - `framesSent`, `bytesSent`: of video that a server took
/// - `lateFrames`: ready more than one frame's time after they were due
/// - `skippedFrames`: never drawn, as time had passed them by
/// - `connections`: how often the video's connection was opened
public record DroneStatistics(
        long framesSent,
        long bytesSent,
        long lateFrames,
        long skippedFrames,
        long imuSamplesSent,
        long telemetrySent,
        long connections) {}
