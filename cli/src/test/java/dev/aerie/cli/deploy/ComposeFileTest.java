package dev.aerie.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docker-compose.yml beside what the services know; deploy/test-compose.sh runs it.
final class ComposeFileTest {

    private static final Set<String> SERVICES = DocumentedServices.ports().keySet();

    /// They have nothing that could be asked: Prometheus notices the first, the second ends by itself.
    private static final Set<String> UNASKED = Set.of("otel-collector", "drone");

    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z0-9_]+):\\?");
    private static final Pattern OFFERED = Pattern.compile("^#?([A-Z0-9_]+)=(.*)$", Pattern.MULTILINE);
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|PASS|KEY)");
    private static final Pattern URL = Pattern.compile("http://([a-z-]+):(\\d+)");

    private final ComposeFile fleet = ComposeFile.read("docker-compose.yml");
    private final ComposeFile dev = ComposeFile.read("docker-compose.dev.yml");

    @Test
    void allServicesAndTheBrokerAreThere() {
        assertThat(fleet.services())
                .containsKeys(SERVICES.toArray(String[]::new))
                .containsKey("rabbitmq");
    }

    @Test
    void variables_areKnownToTheirService() {
        var known = DocumentedServices.variables();

        assertThat(Stream.of(fleet, dev).flatMap(file -> file.fleet().entrySet().stream()))
                .hasSizeGreaterThan(SERVICES.size())
                .allSatisfy(entry -> assertThat(known.get(ComposeFile.kind(entry.getKey())))
                        .as(entry.getKey())
                        .containsAll(ComposeFile.variables(entry.getValue())));
    }

    @Test
    void everyContainer_hasHealthCheckAndMemoryLimit() {
        var all = new TreeMap<>(fleet.services());
        all.put("drone", dev.services().get("drone"));

        assertThat(all).allSatisfy((name, entry) -> {
            assertThat(entry).as(name).containsKeys("mem_limit", "healthcheck", "restart");
            assertThat(ComposeFile.map(entry, "healthcheck"))
                    .as(name)
                    .containsKey(UNASKED.contains(name) ? "disable" : "test");
        });
    }

    @Test
    void theFleet_hasNoMoreRightsThanItNeeds() {
        assertThat(fleet.fleet()).hasSizeGreaterThan(SERVICES.size()).allSatisfy((name, entry) -> {
            assertThat(entry).as(name).containsEntry("read_only", true);
            assertThat(ComposeFile.list(entry, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(ComposeFile.list(entry, "tmpfs")).as(name).containsExactly("/tmp");
            assertThat(entry).as(name).containsKey("stop_grace_period");
        });
    }

    @Test
    void ports_areThoseOfTheReadme() {
        var documented = DocumentedServices.ports();

        assertThat(fleet.fleet()).allSatisfy((name, entry) -> {
            var environment = ComposeFile.map(entry, "environment");
            assertThat(documented.get(ComposeFile.kind(name))).as(name).contains((Integer) environment.get("API_PORT"));
            assertThat(environment.values().stream()
                            .flatMap(value -> URL.matcher(value.toString()).results())
                            .filter(url -> SERVICES.contains(url.group(1))))
                    .as(name)
                    .allMatch(url -> documented.get(url.group(1)).contains(Integer.valueOf(url.group(2))));
        });
    }

    @Test
    void secrets_areInNoFile() {
        var offered = offered();

        assertThat(offered.keySet())
                .containsAll(REQUIRED.matcher(DocumentedServices.read("docker-compose.yml"))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(offered).allSatisfy((name, value) -> {
            if (SECRET.matcher(name).matches()) {
                assertThat(value).as(name).isEmpty();
            }
        });
        assertThat(fleet.services())
                .allSatisfy((name, entry) -> assertThat(ComposeFile.map(entry, "environment").entrySet().stream()
                                .filter(one -> SECRET.matcher(one.getKey()).matches()))
                        .as(name)
                        .allMatch(one -> one.getValue().toString().startsWith("${")));
    }

    @Test
    void whatIsMountedOfTheCheckout_isThere() {
        List<String> mounted = fleet.services().values().stream()
                .flatMap(entry -> ComposeFile.list(entry, "volumes").stream())
                .map(Object::toString)
                .filter(volume -> volume.startsWith("./"))
                .map(volume -> volume.substring(2, volume.indexOf(':')))
                .toList();

        assertThat(mounted).isNotEmpty().allMatch(path -> Files.exists(DocumentedServices.ROOT.resolve(path)));
    }

    @Test
    void imagesOfTheFleet_areBuiltByTheScript() {
        String script = DocumentedServices.read("deploy", "build-images.sh");

        assertThat(SERVICES)
                .allMatch(service -> script.contains(service
                        + ") echo "
                        + DocumentedServices.ports().get(service).stream()
                                .filter(port -> port > 5000 && port < 8000)
                                .findFirst()
                                .orElseThrow()));
    }

    /// What `.env.example` lists, commented out or not.
    private static Map<String, String> offered() {
        return OFFERED.matcher(DocumentedServices.read(".env.example"))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }
}
