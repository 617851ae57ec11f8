package dev.aerie.service.web;

import dev.aerie.tls.TrustedAuthorities;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/// Lets all clients of a service trust the authorities of `TLS_CA`, before any of them is made. Ends the start with
/// status 2 and one line if the file cannot be read.
@Singleton
final class ServiceTrust {

    private static final int FIRST = 1;
    private static final int EXIT_WRONG_SETTING = 2;

    void trust(@Observes @Priority(FIRST) StartupEvent event) {
        Optional<String> file = ConfigProvider.getConfig()
                .getOptionalValue("TLS_CA", String.class)
                .filter(path -> !path.isEmpty());
        if (file.isEmpty()) {
            return;
        }
        try {
            TrustedAuthorities.addToProcess(Path.of(file.get()));
        } catch (IOException e) {
            String words = "TLS_CA cannot be read: " + e.getMessage();
            throw new IllegalStateException(words, new PreventFurtherStepsException(words, EXIT_WRONG_SETTING));
        }
    }
}
