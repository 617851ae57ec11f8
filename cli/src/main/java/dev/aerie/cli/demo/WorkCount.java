package dev.aerie.cli.demo;

import java.util.function.LongSupplier;

/// How much work a part has done, over all lives of its process.
interface WorkCount {

    /// Asks for the count anew, where that costs a request.
    void read();

    /// As last read; grows while the part works.
    long done();

    /// The process has ended: the next one counts from 0.
    void newLife();

    /// A count that others keep, whatever becomes of the process, and that is always new.
    static WorkCount of(LongSupplier count) {
        return of(count, () -> {});
    }

    /// A count that others keep, whatever becomes of the process.
    ///
    /// - `reading`: asks for it anew
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
                // Goes on counting.
            }
        };
    }
}
