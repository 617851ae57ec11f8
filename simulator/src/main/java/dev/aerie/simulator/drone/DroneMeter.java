package dev.aerie.simulator.drone;

import java.util.concurrent.atomic.LongAdder;

/// A drone's counters; written by its thread, read by any.
final class DroneMeter {

    final LongAdder framesSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder lateFrames = new LongAdder();
    final LongAdder skippedFrames = new LongAdder();
    final LongAdder imuSamplesSent = new LongAdder();
    final LongAdder telemetrySent = new LongAdder();
    final LongAdder connections = new LongAdder();

    DroneStatistics read() {
        return new DroneStatistics(
                framesSent.sum(),
                bytesSent.sum(),
                lateFrames.sum(),
                skippedFrames.sum(),
                imuSamplesSent.sum(),
                telemetrySent.sum(),
                connections.sum());
    }
}
