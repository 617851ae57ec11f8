package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.host.ServiceApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/// The counters of one service, summed over restarts: a new process counts from 0 again. Counts between the last
/// reading and the end of a process are lost.
///
/// Any thread.
final class ServiceTally implements WorkCount {

    private final Source source;
    private final List<String> work;

    @GuardedBy("this")
    private Map<String, Double> formerLives = Map.of();

    @GuardedBy("this")
    private Map<String, Double> thisLife = Map.of();

    /// Source of the counters, by name, each summed over its labels.
    interface Source {
        Map<String, Double> read() throws IOException;
    }

    /// - `work`: the metrics that grow as the service works
    ServiceTally(ServiceApi api, String... work) {
        this(api::metrics, work);
    }

    ServiceTally(Source source, String... work) {
        this.source = source;
        this.work = List.of(work);
    }

    /// Reads the counters; the last values stay if the service does not answer.
    @Override
    public void read() {
        try {
            var counted = source.read();
            synchronized (this) {
                thisLife = counted;
            }
        } catch (IOException _) {
            // It is starting, or has died: the supervisor handles that.
        }
    }

    synchronized long total(String metric) {
        return Math.round(formerLives.getOrDefault(metric, 0.0) + thisLife.getOrDefault(metric, 0.0));
    }

    @Override
    public synchronized long done() {
        return work.stream().mapToLong(this::total).sum();
    }

    @Override
    public synchronized void newLife() {
        formerLives = sum(formerLives, thisLife, Double::sum);
        thisLife = Map.of();
    }

    private static Map<String, Double> sum(Map<String, Double> a, Map<String, Double> b, DoubleBinaryOperator plus) {
        var sum = new java.util.HashMap<>(a);
        b.forEach((name, value) -> sum.merge(name, value, plus::applyAsDouble));
        return Map.copyOf(sum);
    }
}
