package dev.aerie.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// No jar that the build takes, into a service or to build one, has an advisory of the dated list without a statement
/// whether it can be reached here. The jars are those that are pinned: what is not, the build refuses.
final class AdvisoriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PINNED = DocumentedServices.read("deploy", "dependencies", "pinned.sha256");

    private record ListOfAdvisories(String date, String sources, List<Advisory> advisories) {}

    /// Affected are versions from `from`, or from the first, to before `before`. `reached` and `why` are the
    /// statement.
    private record Advisory(
            String id,
            String artifact,
            @Nullable String from,
            String before,
            @JsonProperty("reached") @Nullable Boolean isReached,
            @Nullable String why) {

        boolean affects(Jar jar) {
            return jar.artifact.equals(artifact) && (from == null || !jar.isBefore(from)) && jar.isBefore(before);
        }

        boolean hasStatement() {
            return isReached != null && why != null && !why.isBlank();
        }
    }

    private record Jar(String artifact, String version) {

        /// Of a path in a Maven repository: `io/netty/netty-codec/4.1.138.Final/…`.
        static Jar of(String path) {
            String[] parts = path.split("/");
            int last = parts.length - 1;
            String group = String.join(".", List.of(parts).subList(0, last - 2));
            return new Jar(group + ":" + parts[last - 2], parts[last - 1]);
        }

        /// By the numbers alone: `8.0.1-1.5.13` is 8.0.1, `4.1.138.Final` is 4.1.138.
        boolean isBefore(String other) {
            return Version.parse(version.replaceFirst("[-.][^0-9.].*|-.*", "")).compareTo(Version.parse(other)) < 0;
        }
    }

    @Test
    void jars_withAnAdvisory_haveAStatement() throws IOException {
        assertThat(open(jars())).allMatch(Advisory::hasStatement);
    }

    @Test
    void openAdvisories_standInTheDocument() throws IOException {
        String document = DocumentedServices.read("docs", "security.md");

        assertThat(open(jars()).map(Advisory::id)).isNotEmpty().allMatch(document::contains);
        assertThat(document).contains(list().date());
    }

    /// A statement on what is not there any more would be believed of what comes next.
    @Test
    void statements_areOfJarsThatAreThere() throws IOException {
        var stated = list().advisories().stream().filter(Advisory::hasStatement);

        assertThat(stated).allMatch(advisory -> jars().anyMatch(advisory::affects));
    }

    @Test
    void list_isDatedAndNamesItsSources() throws IOException {
        assertThat(LocalDate.parse(list().date())).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(list().sources()).isNotBlank();
    }

    @Test
    void affects_rangesOfVersions_areLookedAtByTheirNumbers() {
        var advisory = new Advisory("X", "g:a", "4.1.0", "4.1.138", null, null);

        assertThat(Stream.of("4.1.0", "4.1.9.Final", "4.1.137.Final", "4.1.137-jre"))
                .allMatch(version -> advisory.affects(new Jar("g:a", version)));
        assertThat(Stream.of("4.0.999", "4.1.138.Final", "4.1.138-1.5.13", "4.2.0.Final"))
                .noneMatch(version -> advisory.affects(new Jar("g:a", version)));
        assertThat(advisory.affects(new Jar("g:b", "4.1.1"))).isFalse();
        assertThat(Jar.of("io/netty/netty-codec/4.1.138.Final/netty-codec-4.1.138.Final.jar"))
                .isEqualTo(new Jar("io.netty:netty-codec", "4.1.138.Final"));
    }

    private static Stream<Advisory> open(Stream<Jar> jars) throws IOException {
        var there = jars.toList();
        return list().advisories().stream().filter(advisory -> there.stream().anyMatch(advisory::affects));
    }

    private static Stream<Jar> jars() {
        return PINNED.lines()
                .map(line -> line.substring(66))
                .filter(file -> file.endsWith(".jar"))
                .map(Jar::of);
    }

    private static ListOfAdvisories list() throws IOException {
        return JSON.readValue(
                DocumentedServices.read("deploy", "dependencies", "advisories.json"), ListOfAdvisories.class);
    }
}
