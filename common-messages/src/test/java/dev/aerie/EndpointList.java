package dev.aerie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What every service's `endpoints.txt` must have: a role for each endpoint that the service has, and no line for one
/// that it has not.
public final class EndpointList {

    private static final String SOCKET = "io.quarkus.websockets.next.WebSocket";

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private EndpointList() {}

    /// - `port`: of HTTP, on loopback
    /// - `credentials`: `user:password`
    /// - `routes`: endpoints beside those of OpenAPI and WebSockets, as in the file, without the role
    public static void isComplete(int port, String credentials, String... routes) throws IOException {
        var there = new TreeSet<>(ofOpenApi(port, credentials));
        there.addAll(ofWebSockets());
        var listed = listed();
        assertThat(listed).as("endpoints.txt has a role for each endpoint").containsAll(there);
        there.addAll(Set.of("GET /q/metrics", "GET /q/openapi"));
        there.addAll(Set.of(routes));
        assertThat(there).as("endpoints.txt has nothing that is not there").containsAll(listed);
    }

    private static Set<String> listed() throws IOException {
        try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream("endpoints.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> ofOpenApi(int port, String credentials) throws IOException {
        var page = URI.create("http://127.0.0.1:" + port + "/q/openapi?format=json")
                .toURL()
                .openConnection();
        var secret = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        page.setRequestProperty("Authorization", "Basic " + secret);
        var found = new TreeSet<String>();
        try (var in = page.getInputStream()) {
            for (var path : new ObjectMapper().readTree(in).get("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    if (METHODS.contains(method.getKey())) {
                        found.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> ofWebSockets() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                        .importPackages("dev.aerie")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(SOCKET))
                        .map(type -> "GET "
                                + type.getAnnotationOfType(SOCKET).get("path").orElseThrow())
                        .collect(Collectors.toSet());
    }
}
