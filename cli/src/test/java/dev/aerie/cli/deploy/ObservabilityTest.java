package dev.aerie.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Grafana's dashboard and Prometheus' alert rules name metrics that the services expose: those of `deploy/metrics`,
/// which the services' own tests compare with their registries.
final class ObservabilityTest {

    private static final Path DEPLOY = DocumentedServices.ROOT.resolve("deploy");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern METRIC = Pattern.compile("\\b(?:aerie|jvm|process)_[a-z0-9_]+");

    @Test
    void dashboard_namesMetricsThatAreExposed() throws IOException {
        var dashboard = new ObjectMapper()
                .readTree(DEPLOY.resolve("grafana/dashboards/fleet.json").toFile());

        assertThat(metrics(dashboard)).hasSizeGreaterThan(20).isSubsetOf(exposed());
    }

    @Test
    void alertRules_nameMetricsThatAreExposed() throws IOException {
        assertThat(metrics(rules())).hasSizeGreaterThan(10).isSubsetOf(exposed());
    }

    @Test
    void exposed_otherName_isNotAmongThem() throws IOException {
        assertThat(names("rate(aerie_frame_age_seconds_bucket[1m])")).containsExactly("aerie_frame_age_seconds");
        assertThat(exposed()).contains("aerie_frame_age_seconds").doesNotContain("aerie_frame_ages_seconds");
    }

    @Test
    void alerts_haveATestAndARowInTheDocument() throws IOException {
        var alerts = texts(rules().findValues("alert"));
        var tests = YAML.readTree(DEPLOY.resolve("prometheus/aerie.tests.yml").toFile());
        String document = DocumentedServices.read("docs", "operations.md");

        assertThat(alerts).isNotEmpty();
        assertThat(texts(tests.findValues("alertname"))).isEqualTo(alerts);
        assertThat(tests.findValues("exp_alerts")).hasSameSizeAs(alerts).allMatch(fired -> !fired.isEmpty());
        assertThat(alerts).allMatch(alert -> document.contains("| `" + alert + "` |"));
    }

    @Test
    void scrapedJobs_areTheServicesAtTheirPorts() throws IOException {
        var jobs = YAML.readTree(DEPLOY.resolve("prometheus/prometheus.yml").toFile())
                .get("scrape_configs")
                .valueStream()
                .filter(job -> job.has("dns_sd_configs"))
                .collect(Collectors.toMap(
                        job -> job.get("job_name").asText(),
                        job -> job.get("dns_sd_configs").get(0).get("port").asInt()));
        var documented = DocumentedServices.ports();

        assertThat(jobs.keySet()).isEqualTo(documented.keySet());
        assertThat(jobs)
                .allSatisfy((job, port) -> assertThat(documented.get(job)).contains(port));
    }

    private static JsonNode rules() throws IOException {
        return YAML.readTree(DEPLOY.resolve("prometheus/aerie.rules.yml").toFile());
    }

    private static Set<String> metrics(JsonNode document) {
        return texts(document.findValues("expr")).stream()
                .flatMap(expression -> names(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> names(String expression) {
        return METRIC.matcher(expression)
                .results()
                .map(found -> found.group().replaceFirst("_(bucket|count|sum)$", ""))
                .toList();
    }

    private static Set<String> exposed() throws IOException {
        var names = new TreeSet<String>();
        try (Stream<Path> files = Files.list(DEPLOY.resolve("metrics"))) {
            for (Path file : files.toList()) {
                names.addAll(Files.readAllLines(file));
            }
        }
        return names;
    }

    private static Set<String> texts(Collection<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
    }
}
