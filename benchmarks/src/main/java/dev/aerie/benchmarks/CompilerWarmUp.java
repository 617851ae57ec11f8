package dev.aerie.benchmarks;

import java.io.IOException;
import java.time.Duration;

/// A service runs for days, and Java compiles its hot code in the first minutes: what is measured begins after them.
final class CompilerWarmUp {

    /// Of a core, in one round.
    private static final double QUIET = 0.001;

    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int MAX_ROUNDS = 30;

    private CompilerWarmUp() {}

    /// CPU time that Java's compiler has taken so far in the measured processes; zero for others.
    @FunctionalInterface
    interface CompilerTime {
        Duration soFar() throws IOException;
    }

    /// Returns when the compiler took less than 0.1 % of a core in ten seconds, or after five minutes. Whoever calls
    /// keeps the processes working meanwhile.
    static void await(CompilerTime compiler) throws IOException, InterruptedException {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            var before = compiler.soFar();
            long begin = System.nanoTime();
            Thread.sleep(ROUND);
            long elapsedNanos = System.nanoTime() - begin;
            if (compiler.soFar().minus(before).toNanos() <= QUIET * elapsedNanos) {
                return;
            }
        }
    }
}
