package dev.aerie.service.web;

import dev.aerie.auth.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which role each endpoint of a service needs, by its file `endpoints.txt`: a line each, `METHOD /path/{part} role`.
/// `{…}` is any one part, `**` at the end any number of them. With `anyone` in the role's place not even
/// credentials are needed. What is not in it needs the role admin.
final class EndpointRoles {

    private static final String FILE = "/endpoints.txt";
    private static final String REST = "**";
    private static final String ANYONE = "anyone";

    private final List<Endpoint> endpoints;

    /// - `role`: empty for anyone
    private record Endpoint(String method, List<String> parts, Optional<Role> role) {

        boolean is(String askedMethod, List<String> asked) {
            boolean open = parts.getLast().equals(REST);
            int fixed = open ? parts.size() - 1 : parts.size();
            if (!method.equals(askedMethod) || (open ? asked.size() < fixed : asked.size() != fixed)) {
                return false;
            }
            for (int i = 0; i < fixed; i++) {
                boolean any = parts.get(i).startsWith("{") && !asked.get(i).isEmpty();
                if (!any && !parts.get(i).equals(asked.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private EndpointRoles(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /// Of the service that this process is; one without a file needs the role admin for everything.
    static EndpointRoles ofThisService() {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE.substring(1))) {
            return in == null ? parse("") : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("endpoints.txt cannot be read", e);
        }
    }

    /// Throws [IllegalArgumentException] for a line that is none.
    static EndpointRoles parse(String text) {
        var endpoints = new ArrayList<Endpoint>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split(" +", -1);
                var role = words.length == 3 ? Role.of(words[2]) : Optional.<Role>empty();
                if (role.isEmpty() && !(words.length == 3 && words[2].equals(ANYONE))) {
                    throw new IllegalArgumentException("not METHOD /path role: " + line);
                }
                endpoints.add(new Endpoint(words[0], parts(words[1]), role));
            }
        }
        return new EndpointRoles(List.copyOf(endpoints));
    }

    /// The role; to ask for a path's options, the least of those that its methods need. Empty where anyone may.
    ///
    /// - `path`: normalized
    Optional<Role> needed(String method, String path) {
        var parts = parts(path);
        if (method.equals("OPTIONS")) {
            return neededForOptions(parts);
        }
        String asked = method.equals("HEAD") ? "GET" : method;
        return endpoints.stream()
                .filter(endpoint -> endpoint.is(asked, parts))
                .map(Endpoint::role)
                .findFirst()
                .orElse(Optional.of(Role.ADMIN));
    }

    private Optional<Role> neededForOptions(List<String> parts) {
        var needed = endpoints.stream()
                .filter(endpoint -> endpoint.is(endpoint.method, parts))
                .map(Endpoint::role)
                .toList();
        return needed.contains(Optional.<Role>empty())
                ? Optional.empty()
                : needed.stream()
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .or(() -> Optional.of(Role.ADMIN));
    }

    boolean isForAnyone(String method, String path) {
        return needed(method, path).isEmpty();
    }

    /// A slash at the end is none.
    private static List<String> parts(String path) {
        String text = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(text.split("/", -1));
    }
}
