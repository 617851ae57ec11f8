package dev.aerie.cli.demo;

import java.util.function.LongSupplier;

/// Count of a part's work, over all restarts of its process.
interface WorkCount {

    /// Updates the count, where that needs a request.
    void read();

    /// The last read count; grows while the part works.
    long done();

    /// The process has ended: the next one counts from 0.
    void newLife();

    /// A count that is kept elsewhere, independent of restarts, and always current.
    static WorkCount of(LongSupplier count) {
        return of(count, () -> {});
    }

    /// A count that is kept elsewhere, independent of restarts.
    ///
    /// - `reading`: reads it
    static WorkCount of(LongSupplier count, Runnable reading) {
        return new WorkCount() {
            @Override
            public void read() {
                reading.run();
            }

            @Override
            public long done() {
                return count.getAsLong();
            }

            @Override
            public void newLife() {
                // The count continues.
            }
        };
    }
}
