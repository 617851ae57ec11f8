package dev.aerie.ingest.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rules by name. With a file, each change is written there before it holds; without one, rules last as long as
/// the process. Thread-safe.
public final class AlertRules {

    public static final int MAX_RULES = 100;

    /// As in `PUT /api/alerts/rules/{rule}`: `{"gate": {"labels": ["person"], "dwell_s": 3}}`.
    private static final TypeReference<TreeMap<String, AlertRule>> BY_NAME = new TypeReference<>() {};

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private final Optional<Path> file;

    @GuardedBy("this")
    private SortedMap<String, AlertRule> rules;

    /// - `file`: need not be there yet
    ///
    /// Throws [IOException] where it is there and cannot be read, [IllegalArgumentException] where it is there and
    /// holds no rules.
    public AlertRules(Optional<Path> file) throws IOException {
        this.file = file;
        this.rules = Collections.unmodifiableSortedMap(file.isPresent() ? read(file.get()) : new TreeMap<>());
    }

    /// By name; never changes.
    public synchronized SortedMap<String, AlertRule> all() {
        return rules;
    }

    /// Adds a rule or replaces the one of this name. Throws [IllegalStateException] where there are too many,
    /// [IOException] where the file cannot be written.
    public synchronized void put(String name, AlertRule rule) throws IOException {
        if (rules.size() >= MAX_RULES && !rules.containsKey(name)) {
            throw new IllegalStateException("there are " + MAX_RULES + " rules, and more are not taken");
        }
        var changed = new TreeMap<>(rules);
        changed.put(name, rule);
        replace(changed);
    }

    /// Throws [NoSuchElementException] where there is no such rule, [IOException] where the file cannot be written.
    public synchronized void remove(String name) throws IOException {
        if (!rules.containsKey(name)) {
            throw new NoSuchElementException("there is no rule of this name");
        }
        var changed = new TreeMap<>(rules);
        changed.remove(name);
        replace(changed);
    }

    @GuardedBy("this")
    private void replace(SortedMap<String, AlertRule> changed) throws IOException {
        if (file.isPresent()) {
            WholeFile.write(file.get().toAbsolutePath(), JSON.writeValueAsBytes(changed));
        }
        rules = Collections.unmodifiableSortedMap(changed);
    }

    private static SortedMap<String, AlertRule> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        var rules = JSON.readValue(Files.readAllBytes(file), BY_NAME);
        if (rules == null
                || rules.size() > MAX_RULES
                || rules.containsValue(null)
                || !rules.keySet().stream().allMatch(AlertRule::isName)) {
            throw new IllegalArgumentException(
                    "expected: a JSON object of at most " + MAX_RULES + " rules by name, [a-z0-9][a-z0-9_-]{0,62}");
        }
        return rules;
    }
}
