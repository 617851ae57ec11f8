package dev.aerie.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tokens in a file, a line each: `NAME ROLE sha256:HEX`; lines that begin with `#` and empty ones say nothing.
/// A changed file is read again within a second; one that cannot be read lets in who was let in before. Thread-safe.
public final class TokenFile {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final Path file;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private Map<String, ApiToken> byHash;

    @GuardedBy("this")
    private FileTime read;

    @GuardedBy("this")
    private long lookedNanos;

    /// Reads the file; throws [IOException] if that cannot be done, or with the number of a line that is none.
    ///
    /// - `nanoTime`: monotonic
    public TokenFile(Path file, LongSupplier nanoTime) throws IOException {
        this.file = file;
        this.nanoTime = nanoTime;
        this.read = Files.getLastModifiedTime(file);
        this.byHash = load(file);
        this.lookedNanos = nanoTime.getAsLong();
    }

    /// Whose token that is; empty if it is nobody's.
    public synchronized Optional<ApiToken> find(String token) {
        lookAgain();
        return Optional.ofNullable(byHash.get(ApiToken.hash(token)));
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
        Files.createDirectories(absolute.getParent());
        Path part = Files.createTempFile(absolute.getParent(), "tokens", ".part"); // For its owner alone.
        Files.write(part, lines);
        Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @GuardedBy("this")
    private void lookAgain() {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos < LOOK_AGAIN_NANOS) {
            return;
        }
        lookedNanos = now;
        try {
            var changed = Files.getLastModifiedTime(file);
            if (!changed.equals(read)) {
                byHash = load(file);
                read = changed;
            }
        } catch (IOException e) {
            LOG.warn("tokens not read file={} cause={}", file, e.toString());
        }
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
