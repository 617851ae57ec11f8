package dev.aerie.service.web;

import dev.aerie.auth.TokenFile;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The file of tokens that a service is told to use.
public final class Tokens {

    private static final int EXIT_WRONG_SETTING = 2;

    private Tokens() {}

    /// Ends the start with status 2 and one line if the file cannot be read.
    ///
    /// - `path`: of `AERIE_TOKENS`; empty for no tokens
    public static Optional<TokenFile> of(Optional<String> path) {
        return path.map(file -> {
            try {
                return new TokenFile(Path.of(file), System::nanoTime);
            } catch (IOException e) {
                String words = "AERIE_TOKENS cannot be read: " + e.getMessage();
                throw new IllegalStateException(words, new PreventFurtherStepsException(words, EXIT_WRONG_SETTING));
            }
        });
    }
}
