package dev.aerie.benchmarks;

import java.util.List;

/// One acceptance criterion of a benchmark.
///
/// - `wanted`, `found`: required and measured value as text, with units
record Criterion(String name, String wanted, String found, boolean met) {

    static boolean areMet(List<Criterion> criteria) {
        return criteria.stream().allMatch(Criterion::met);
    }

    String toLine() {
        return "%-8s %-24s %-22s %s".formatted(met ? "met" : "NOT MET", name, wanted, found);
    }
}
