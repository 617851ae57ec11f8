package dev.aerie.service.web;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Tells Quarkus of `TLS_CERTIFICATE` and `TLS_KEY`, whichever way they were set: the port of HTTP then answers
/// HTTPS alone. Without both it tells nothing.
///
/// It is HTTP/1.1 as without TLS: limits count connections, of which HTTP/2 would need one for any number of requests.
public final class TlsConfigSource implements ConfigSourceFactory {

    static final String CERTIFICATE = "quarkus.tls.key-store.pem.0.cert";
    static final String KEY = "quarkus.tls.key-store.pem.0.key";

    /// Above the properties in the jar, below what an operator sets.
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String certificate = value(context, "TLS_CERTIFICATE");
        String key = value(context, "TLS_KEY");
        if (certificate.isEmpty() || key.isEmpty()) {
            return List.of();
        }
        var properties = Map.of(
                CERTIFICATE,
                certificate,
                KEY,
                key,
                "quarkus.http.insecure-requests",
                "disabled",
                "quarkus.http.http2",
                "false",
                "quarkus.http.ssl-port",
                "${quarkus.http.port}");
        return List.of(new PropertiesConfigSource(properties, "TLS_CERTIFICATE and TLS_KEY", ORDINAL));
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue();
    }
}
