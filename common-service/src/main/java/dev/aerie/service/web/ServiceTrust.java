package dev.aerie.service.web;

import dev.aerie.service.config.WrongSetting;
import dev.aerie.tls.TrustedAuthorities;
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
            throw WrongSetting.of("TLS_CA cannot be read: " + e.getMessage());
        }
    }
}
