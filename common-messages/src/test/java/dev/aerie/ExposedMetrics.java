package dev.aerie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The names of the metrics that a service exposes, `deploy/metrics/SERVICE.txt`: written from its registry with
/// `-Daerie.golden=write`, else each of them must be there. Dashboards and alert rules are held to these files.
public final class ExposedMetrics {

    private static final Path FOLDER = Path.of(System.getProperty("aerie.root", ".."), "deploy", "metrics");
    private static final Pattern SAMPLE =
            Pattern.compile("^([a-z][a-z0-9_]*?)(?:_bucket|_count|_sum)?[{ ]", Pattern.MULTILINE);
    private static final List<String> OURS = List.of("aerie_", "jvm_memory_", "process_cpu_usage");

    private ExposedMetrics() {}

    /// - `scraped`: what the service answers to Prometheus
    /// - `perStream`: names of meters that are there while there are streams, as Micrometer writes them
    public static void areThoseOf(String service, String scraped, Collection<String> perStream) throws IOException {
        var names = new TreeSet<String>();
        SAMPLE.matcher(scraped).results().map(found -> found.group(1)).forEach(names::add);
        perStream.forEach(name -> names.add(name.replace('.', '_')));
        names.removeIf(name -> OURS.stream().noneMatch(name::startsWith));
        var file = FOLDER.resolve(service + ".txt");
        if ("write".equals(System.getProperty("aerie.golden"))) {
            Files.createDirectories(FOLDER);
            Files.write(file, names);
        }
        assertThat(Files.readAllLines(file)).isNotEmpty().isSubsetOf(names);
    }
}
