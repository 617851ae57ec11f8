package dev.aerie.service.web;

import dev.aerie.threads.BackgroundThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has certificate and key read again once their files have changed, and not as long as they are being written. The
/// servers of this process hear of it by [CertificateUpdatedEvent].
///
/// Quarkus' own `quarkus.tls.reload-period` reads them each time, changed or not, and Vert.x refuses connections for
/// the moment that this takes.
@Singleton
final class CertificateWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final TlsConfigurationRegistry registry;
    private final Event<CertificateUpdatedEvent> updates;
    private final BackgroundThread thread = BackgroundThread.every("certificate", LOOK_EVERY, this::look);
    private final List<Path> files = new ArrayList<>();
    private List<FileTime> inUse = List.of();
    private List<FileTime> seen = List.of();

    CertificateWatch(TlsConfigurationRegistry registry, Event<CertificateUpdatedEvent> updates) {
        this.registry = registry;
        this.updates = updates;
    }

    void start(@Observes StartupEvent event) throws IOException {
        Config config = ConfigProvider.getConfig();
        file(config, TlsConfigSource.CERTIFICATE).ifPresent(files::add);
        file(config, TlsConfigSource.KEY).ifPresent(files::add);
        if (!files.isEmpty()) {
            inUse = times();
            seen = inUse;
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.close();
    }

    private void look() throws IOException {
        var now = times();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(inUse)) {
            inUse = now;
            registry.getDefault().ifPresent(this::renew);
        }
    }

    private void renew(TlsConfiguration tls) {
        try {
            if (tls.reload()) {
                updates.fire(new CertificateUpdatedEvent(TlsConfig.DEFAULT_NAME, tls));
                LOG.info("certificate changed file={}", files.getFirst());
                return;
            }
        } catch (RuntimeException e) {
            LOG.debug("certificate not read", e);
        }
        LOG.warn("certificate not followed: it or its key cannot be read file={}", files.getFirst());
    }

    private List<FileTime> times() throws IOException {
        var times = new ArrayList<FileTime>();
        for (Path file : files) {
            times.add(Files.getLastModifiedTime(file));
        }
        return times;
    }

    private static Optional<Path> file(Config config, String property) {
        return config.getOptionalValue(property, String.class).map(Path::of);
    }
}
