package dev.aerie.benchmarks;

import dev.aerie.host.Child;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.ProcessCost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Processes that record streams; owns them.
record RunningWriter(String name, List<Child> processes) implements AutoCloseable {

    /// Resources that they used within `elapsed`.
    ///
    /// - `compiling`: the part of `cpuTime` that Java's JIT compiler used; it goes to zero after the warm-up
    record Used(Duration elapsed, Duration cpuTime, Duration compiling, long residentBytes, long writtenBytes) {}

    /// Throws if one of them has ended.
    Used over(Duration time) throws IOException, PartFailedException, InterruptedException {
        Duration cpu = cpuTime();
        Duration compiled = compiling();
        long written = written();
        long begin = System.nanoTime();
        Thread.sleep(time);
        var elapsed = Duration.ofNanos(System.nanoTime() - begin);
        for (Child process : processes) {
            process.requireAlive();
        }
        return new Used(elapsed, cpuTime().minus(cpu), compiling().minus(compiled), resident(), written() - written);
    }

    @Override
    public void close() {
        processes.forEach(Child::close);
    }

    private Duration cpuTime() throws IOException {
        var sum = Duration.ZERO;
        for (Child process : processes) {
            sum = sum.plus(ProcessCost.of(process.pid()).cpuTime());
        }
        return sum;
    }

    Duration compiling() throws IOException {
        var sum = Duration.ZERO;
        for (Child process : processes) {
            sum = sum.plus(ProcessCost.compiling(process.pid()));
        }
        return sum;
    }

    private long resident() throws IOException {
        long sum = 0;
        for (Child process : processes) {
            sum += ProcessCost.of(process.pid()).residentBytes();
        }
        return sum;
    }

    private long written() throws IOException {
        long sum = 0;
        for (Child process : processes) {
            sum += ProcessCost.writtenBytes(process.pid());
        }
        return sum;
    }
}
