package dev.aerie.cli.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/// A compose file as YAML reads it, anchors and merges resolved, variables as they are written.
record ComposeFile(Map<String, Map<String, Object>> services) {

    private static final String GPU = "-gpu";

    static ComposeFile read(String name) {
        Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(DocumentedServices.read(name));
        return new ComposeFile(new TreeMap<>(document.get("services")));
    }

    /// Which service of the fleet an entry runs: `frame-processor-gpu` is a frame-processor.
    static String kind(String entry) {
        return entry.endsWith(GPU) ? entry.substring(0, entry.length() - GPU.length()) : entry;
    }

    /// The entries that run services of the fleet.
    Map<String, Map<String, Object>> fleet() {
        var fleet = new TreeMap<>(services);
        fleet.keySet().removeIf(entry -> !DocumentedServices.ports().containsKey(kind(entry)));
        return fleet;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> entry, String key) {
        return (Map<String, Object>) entry.getOrDefault(key, Map.of());
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> entry, String key) {
        return (List<Object>) entry.getOrDefault(key, List.of());
    }

    static Set<String> variables(Map<String, Object> entry) {
        return new TreeSet<>(map(entry, "environment").keySet());
    }
}
