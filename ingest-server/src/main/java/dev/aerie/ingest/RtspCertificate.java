package dev.aerie.ingest;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate of HTTPS for RTSPS, which follows it when it changes.
@Singleton
final class RtspCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(RtspCertificate.class);

    private volatile @Nullable SSLContext context;

    RtspCertificate(TlsConfigurationRegistry registry) throws Exception {
        var configured = registry.getDefault().filter(tls -> tls.getKeyStoreOptions() != null);
        if (configured.isPresent()) {
            context = configured.get().createSSLContext();
        }
    }

    /// Empty where no certificate is set.
    Optional<Supplier<SSLContext>> context() {
        return context == null ? Optional.empty() : Optional.of(() -> Objects.requireNonNull(context));
    }

    @SuppressWarnings("PMD.AvoidCatchingGenericException") // Quarkus' signature
    void follow(@Observes CertificateUpdatedEvent event) {
        TlsConfiguration tls = event.tlsConfiguration();
        try {
            context = tls.createSSLContext();
        } catch (Exception e) {
            LOG.warn("certificate not followed cause={}", e.toString());
        }
    }
}
