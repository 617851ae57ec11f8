package dev.aerie.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// How one process of the demo is run.
///
/// - `command`: asked anew for each life
/// - `settings`: added to our own environment
/// - `ready`: whether a process that has just begun can be used
/// - `work`: tells that it does what it is for
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
