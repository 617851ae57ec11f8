package dev.aerie.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// How one process of the demo is started and checked.
///
/// - `command`: evaluated for each start
/// - `settings`: added to our own environment
/// - `ready`: whether a started process is ready
/// - `work`: count of its work
record PartPlan(
        String name,
        Supplier<List<String>> command,
        Map<String, String> settings,
        BooleanSupplier ready,
        WorkCount work) {

    PartPlan {
        var all = new HashMap<>(JvmOptions.NATIVE);
        all.putAll(settings);
        settings = Map.copyOf(all);
    }
}
