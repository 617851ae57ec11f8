package dev.aerie.auth;

import dev.aerie.files.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The tokens in a file, a line each: `NAME ROLE sha256:HEX`; lines that begin with `#` and empty ones say nothing.
/// A changed file is read again within a second; one that cannot be read lets in who was let in before. Thread-safe.
public final class TokenFile {

    private final FollowedFile<Map<String, ApiToken>> byHash;

    /// Reads the file; throws [IOException] if that cannot be done, or with the number of a line that is none.
    ///
    /// - `nanoTime`: monotonic
    public TokenFile(Path file, LongSupplier nanoTime) throws IOException {
        this.byHash = new FollowedFile<>(file, TokenFile::load, nanoTime);
    }

    /// Whose token that is; empty if it is nobody's.
    public Optional<ApiToken> find(String token) {
        return Optional.ofNullable(byHash.content().get(ApiToken.hash(token)));
    }

    /// Adds a token to a file, which is made where it is missing, for its owner alone. Throws [IOException] if there is
    /// one of that name.
    public static void add(Path file, ApiToken token) throws IOException {
        var lines = new ArrayList<String>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        if (lines.stream()
                .flatMap(line -> ApiToken.parse(line).stream())
                .anyMatch(one -> one.name().equals(token.name()))) {
            throw new IOException("there is a token of " + token.name() + " already");
        }
        lines.add(token.toLine());
        write(file, lines);
    }

    /// Removes a token; returns whether there was one of that name.
    public static boolean remove(Path file, String name) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        boolean removed = lines.removeIf(line ->
                ApiToken.parse(line).filter(one -> one.name().equals(name)).isPresent());
        if (removed) {
            write(file, lines);
        }
        return removed;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Path absolute = file.toAbsolutePath();
        var _ = PrivateFolder.create(Objects.requireNonNull(absolute.getParent()));
        Path part = Files.createTempFile(absolute.getParent(), "tokens", ".part"); // For its owner alone.
        Files.write(part, lines);
        Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, ApiToken> load(Path file) throws IOException {
        var tokens = new HashMap<String, ApiToken>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                int at = number;
                var token = ApiToken.parse(line)
                        .orElseThrow(() -> new IOException("line " + at + " is not NAME ROLE sha256:HEX"));
                tokens.put(token.sha256(), token);
            }
        }
        return Map.copyOf(tokens);
    }
}
