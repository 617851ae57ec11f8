package dev.aerie.messages.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The data that stays outside the repository: `AERIE_DATA`, by default `shared` beside the repository.
public final class SharedData {

    private SharedData() {}

    /// A file or folder of it; where it is missing the test is skipped, with one line that says so.
    public static Path require(String relativePath) {
        String set = System.getenv("AERIE_DATA");
        Path root = set != null && !set.isEmpty()
                ? Path.of(set)
                : Path.of(System.getProperty("aerie.root", "..")).resolve("../shared");
        Path wanted = root.resolve(relativePath).normalize();
        Assumptions.assumeTrue(Files.exists(wanted), "skipped: no " + relativePath + " (set AERIE_DATA)");
        return wanted;
    }
}
