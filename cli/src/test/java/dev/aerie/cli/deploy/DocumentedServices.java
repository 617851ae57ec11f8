package dev.aerie.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The services' variables by docs/configuration.md, which each service's own tests compare with its code, and their
/// ports by the README's table. What deploys the services is held to both.
final class DocumentedServices {

    static final Path ROOT = Path.of(System.getProperty("aerie.root"));

    private static final Pattern SECTION =
            Pattern.compile("<!-- settings:([a-z-]+) -->(.*?)<!-- /settings:", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("^\\| `([A-Z][A-Z0-9_]*)` ", Pattern.MULTILINE);
    private static final Pattern PORT = Pattern.compile("^\\| ([a-z-]+) \\| (\\d{4}) \\|", Pattern.MULTILINE);

    private DocumentedServices() {}

    /// The variables that each service knows, by its name.
    static Map<String, Set<String>> variables() {
        var known = new TreeMap<String, Set<String>>();
        SECTION.matcher(read("docs", "configuration.md"))
                .results()
                .forEach(section -> VARIABLE.matcher(section.group(2))
                        .results()
                        .forEach(row -> known.computeIfAbsent(section.group(1), _ -> new TreeSet<>())
                                .add(row.group(1))));
        return known;
    }

    /// The TCP ports that each service listens on, by its name.
    static Map<String, Set<Integer>> ports() {
        var ports = new TreeMap<String, Set<Integer>>();
        PORT.matcher(read("README.md"))
                .results()
                .forEach(row -> ports.computeIfAbsent(row.group(1), _ -> new TreeSet<>())
                        .add(Integer.valueOf(row.group(2))));
        return ports;
    }

    static String read(String... path) {
        try {
            return Files.readString(ROOT.resolve(Path.of("", path)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
