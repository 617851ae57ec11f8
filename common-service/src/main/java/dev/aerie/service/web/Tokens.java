package dev.aerie.service.web;

import dev.aerie.auth.TokenFile;
import dev.aerie.service.config.WrongSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The file of tokens that a service is told to use.
public final class Tokens {

    private Tokens() {}

    /// Ends the start with status 2 and one line if the file cannot be read.
    ///
    /// - `path`: of `AERIE_TOKENS`; empty for no tokens
    public static Optional<TokenFile> of(Optional<String> path) {
        return path.map(file -> {
            try {
                return new TokenFile(Path.of(file), System::nanoTime);
            } catch (IOException e) {
                throw WrongSetting.of("AERIE_TOKENS cannot be read: " + e.getMessage());
            }
        });
    }
}
