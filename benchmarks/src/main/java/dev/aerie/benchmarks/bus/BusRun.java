package dev.aerie.benchmarks.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What one row measures: `streams` streams for `length`, after `warmUp`.
record BusRun(BusRow.Delivery kind, int streams, Duration warmUp, Duration length) {

    /// Connections that share the streams, as several services do.
    static final int PUBLISHERS = 4;

    private static final long PAUSE_NANOS = 500_000;

    /// Sends one message.
    @FunctionalInterface
    interface Sender {

        /// - `stream`: from 0
        /// - `index`: number of the stream's message, from 0
        void send(int stream, long index) throws IOException, InterruptedException;
    }

    long offeredPerSecond() {
        return (long) streams * StreamTraffic.PER_SECOND;
    }

    /// Sends what the streams of one publisher send until warm-up and measurement are over, evenly and in turn; late,
    /// not less, where the sender is slower.
    ///
    /// - `publisher`: 0 to [#PUBLISHERS] - 1
    void sendAll(int publisher, Sender sender) throws IOException, InterruptedException {
        int own = (streams - publisher + PUBLISHERS - 1) / PUBLISHERS;
        if (own == 0) {
            return;
        }
        double perNano = own * StreamTraffic.PER_SECOND / 1e9;
        long begin = System.nanoTime();
        long end = warmUp.plus(length).toNanos();
        long sent = 0;
        for (long elapsed = 0; elapsed < end; elapsed = System.nanoTime() - begin) {
            if (sent >= elapsed * perNano) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            sender.send(publisher + PUBLISHERS * (int) (sent % own), sent / own);
            sent++;
        }
    }
}
