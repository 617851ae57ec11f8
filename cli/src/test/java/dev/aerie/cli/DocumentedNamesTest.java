package dev.aerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The metrics, log lines and classes that the documents name are in the code, each class under a name of its own.
final class DocumentedNamesTest {

    private static final Path ROOT = Path.of(System.getProperty("aerie.root"));
    private static final Pattern METRIC = Pattern.compile("`(aerie_[a-z0-9_]*[a-z0-9])(?=[`{])");
    private static final Pattern METRIC_IN_CODE = Pattern.compile("\"(aerie\\.[a-z0-9.]+)\"");
    private static final Pattern LOG = Pattern.compile("log `([a-z][a-z ]+[a-z])");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT))`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    private final String code = source();

    @ParameterizedTest
    @ValueSource(strings = {"troubleshooting.md", "operations.md", "frame-processor.md", "slam.md", "storage.md"})
    void metrics_thatADocumentNames_areRegistered(String document) throws IOException {
        Set<String> registered = METRIC_IN_CODE
                .matcher(code)
                .results()
                .map(found -> found.group(1).replace('.', '_'))
                .collect(Collectors.toSet());

        assertThat(found(METRIC, document))
                .allMatch(named -> registered.stream().anyMatch(metric -> isOf(named, metric)));
    }

    @Test
    void logLines_thatTroubleshootingNames_areWritten() throws IOException {
        assertThat(found(LOG, "troubleshooting.md")).isNotEmpty().allMatch(line -> code.contains("\"" + line));
    }

    @Test
    void classes_ofTheCodeMap_areThere() throws IOException {
        assertThat(found(CLASS, "code-map.md")).isNotEmpty().isSubsetOf(classes("src/main/java"));
    }

    @Test
    void tests_ofTheSecurityTable_areThere() throws IOException {
        assertThat(found(TEST, "security.md")).hasSizeGreaterThan(30).isSubsetOf(classes("src/test/java"));
    }

    /// Who searches for a class by its name finds one. A vector of messages is finite, one of geometry need not be.
    @Test
    void classes_ofTheFleet_haveNamesOfTheirOwn() {
        Map<String, Long> files = javaFiles("src/main/java")
                .map(file -> file.getFileName().toString())
                .filter(file -> !file.equals("package-info.java"))
                .collect(Collectors.groupingBy(file -> file, Collectors.counting()));

        assertThat(files).hasSizeGreaterThan(1000);
        assertThat(files.entrySet().stream().filter(file -> file.getValue() > 1).map(Map.Entry::getKey))
                .containsExactly("Vector3.java");
    }

    /// `aerie_clock_refused_total` is of `aerie.clock.refused`, `aerie_model_failures_total` of `aerie.model.` and a
    /// name.
    private static boolean isOf(String named, String metric) {
        return metric.endsWith("_")
                ? named.startsWith(metric)
                : named.replaceFirst("(_seconds)?_(total|count|sum)$", "").equals(metric)
                        || named.replaceFirst("_(total|seconds)$", "").equals(metric)
                        || named.equals(metric);
    }

    private static Set<String> found(Pattern pattern, String document) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve("docs").resolve(document)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The text of all sources of the fleet.
    private static String source() {
        return javaFiles("src/main/java").map(DocumentedNamesTest::read).collect(Collectors.joining("\n"));
    }

    /// The names of all classes of the fleet in `folder` of each module.
    private static Set<String> classes(String folder) {
        return javaFiles(folder)
                .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> javaFiles(String folder) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules
                    .map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .flatMap(DocumentedNamesTest::files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
