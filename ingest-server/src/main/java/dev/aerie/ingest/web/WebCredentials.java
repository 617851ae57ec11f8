package dev.aerie.ingest.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Who may use HTTP; empty for everybody.
public record WebCredentials(Optional<String> user, Optional<String> password) {

    Optional<String> basicToken() {
        return user.map(name -> Base64.getEncoder()
                .encodeToString((name + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "WebCredentials[user=" + user + "]";
    }
}
