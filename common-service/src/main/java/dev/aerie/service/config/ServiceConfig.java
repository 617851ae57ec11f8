package dev.aerie.service.config;

import dev.aerie.settings.InstanceName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings that every service has, with the same meaning in each; nested in the service's own mapping, by
/// [io.smallrye.config.WithParentName].
@RegisterForReflection
public interface ServiceConfig {

    /// Pattern of a host name, without a port.
    String HOST = "[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){0,20}\\.?";

    /// Quarkus itself reads `BIND_HOST` and `LOG_LEVEL`, too.
    @WithDefault("${BIND_HOST:127.0.0.1}")
    @Variable(
            "address to listen on; beyond loopback, AERIE_TOKENS or AERIE_USERNAME and AERIE_PASSWORD must be set, at the"
                    + " ingest-server those of RTSP, too, and TLS_CERTIFICATE with TLS_KEY, or TLS_TERMINATED=true")
    String bindHost();

    /// Read by [dev.aerie.service.web.TlsConfigSource], as is its key.
    @WithDefault("${TLS_CERTIFICATE:}")
    @Variable(
            value = "certificate of this server, followed by those between it and its authority (PEM); the API is then"
                    + " HTTPS alone. Followed when it changes; empty for no TLS",
            exists = true,
            allowed = "a file that is there")
    Optional<String> tlsCertificate();

    @WithDefault("${TLS_KEY:}")
    @Variable(value = "private key of TLS_CERTIFICATE (PEM, PKCS #8)", exists = true, allowed = "a file that is there")
    Optional<String> tlsKey();

    @WithDefault("${TLS_TERMINATED:false}")
    @Variable(
            "whether something in front of this server encrypts for it, so that it may listen beyond loopback without TLS")
    boolean tlsTerminated();

    /// Read by [dev.aerie.service.web.ServiceTrust].
    @WithDefault("${TLS_CA:}")
    @Variable(
            value = "authorities that this service trusts beside the JDK's when it asks others by HTTPS or RTSPS (PEM)",
            exists = true,
            allowed = "a file that is there")
    Optional<String> tlsCa();

    @WithDefault("${LOG_LEVEL:INFO}")
    @Variable(
            value = "lowest level that is logged",
            choices = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"})
    String logLevel();

    /// [dev.aerie.service.log.LogFormat] reads this variable itself.
    @WithDefault("${LOG_FORMAT:text}")
    @Variable(
            value = "log lines for people, or one JSON object each, with the same keys in every service",
            choices = {"text", "json"})
    String logFormat();

    /// [dev.aerie.trace.FrameSampling] reads this variable and the next one itself.
    @WithDefault("${OTEL_EXPORTER_OTLP_ENDPOINT:}")
    @Variable(
            value = "OpenTelemetry collector (OTLP over HTTP) for the traces of frames; empty for none",
            pattern = "https?://[^/\\s]+\\S*",
            allowed = "http://host:4318")
    Optional<String> traceEndpoint();

    @WithDefault("${OTEL_TRACES_SAMPLER_ARG:0.01}")
    @Variable(value = "fraction of traced frames; must be the same in every service", min = 0, max = 1)
    double traceShare();

    @WithDefault("${INSTANCE:}")
    @Variable(
            value = "name of this replica in messages and queues, different for each replica; empty for the host name,"
                    + " with the port if it is not the default one",
            pattern = InstanceName.PATTERN,
            allowed = InstanceName.PATTERN)
    Optional<String> instance();

    /// Used by [dev.aerie.service.web.RequestGate].
    @WithDefault("${AERIE_HOSTS:}")
    @Variable(
            value = "names with a dot in them under which browsers and proxies ask this service; IP addresses,"
                    + " localhost and names without a dot are always answered, any other name in `Host` is not",
            pattern = HOST + "( *, *" + HOST + ")*",
            allowed = "drone.example.org, several with commas")
    Optional<List<String>> hosts();

    @WithDefault("${AERIE_USERNAME:}")
    @Variable("user name for HTTP and WebSocket (Basic); empty for no authentication")
    Optional<String> username();

    @WithDefault("${AERIE_PASSWORD:}")
    @Variable("password for HTTP and WebSocket (Basic)")
    Optional<String> password();

    /// Read by [dev.aerie.service.web.Tokens].
    @WithDefault("${AERIE_TOKENS:}")
    @Variable(
            value = "file of API tokens for HTTP and WebSocket, as `./aerie token add` writes it; empty for none",
            exists = true,
            allowed = "a file that is there")
    Optional<String> tokens();

    @WithDefault("${OIDC_URL:}")
    @Variable(
            value = "OpenID Connect issuer that says who callers are, beside AERIE_TOKENS and AERIE_USERNAME; needs"
                    + " LOGIN_KEY; empty for none",
            pattern = "https?://[^/?#\\s]+[^?#\\s]*",
            allowed = "https://…, as the issuer calls itself")
    Optional<String> oidcUrl();

    @WithDefault("${OIDC_CLIENT_ID:aerie}")
    @Variable("name of this fleet at the issuer; its tokens must be for this audience")
    String oidcClientId();

    @WithDefault("${OIDC_CLIENT_SECRET:}")
    @Variable("secret of OIDC_CLIENT_ID, used by ingest-server alone; empty for a public client")
    Optional<String> oidcClientSecret();

    @WithDefault("${OIDC_ROLE_CLAIM:roles}")
    @Variable("where tokens have the caller's roles, parts of a path with `/` between them: viewer, operator, admin, or"
            + " so with `aerie-` in front")
    String oidcRoleClaim();

    @WithDefault("${LOGIN_KEY:}")
    @Variable(
            value = "secret that seals the cookies of who logged in, the same for all replicas, with OIDC_URL for all"
                    + " services; empty for one that lives as long as the process",
            pattern = ".{32,512}",
            allowed = "32 random characters at least")
    Optional<String> loginKey();

    /// Below the number of worker threads, 200.
    @WithDefault("${HTTP_REQUESTS:128}")
    @Variable(
            value = "maximum HTTP requests under way; further ones are answered with 503",
            unit = "requests",
            min = 1,
            max = 160)
    int httpRequests();

    @WithDefault("${HTTP_REQUESTS_PER_ADDRESS:64}")
    @Variable(
            value = "maximum HTTP requests under way of one address, which a reverse proxy is, too, or one IPv6 network"
                    + " (/64)",
            unit = "requests",
            min = 1,
            max = 160)
    int httpRequestsPerAddress();

    @WithDefault("${HTTP_CONNECTIONS_PER_ADDRESS:320}")
    @Variable(
            value = "maximum HTTP connections of one address, which a reverse proxy is, too, or one IPv6 network (/64)",
            unit = "connections",
            min = 1,
            max = 1024)
    int httpConnectionsPerAddress();

    @WithDefault("${HTTP_BODY_TIMEOUT:30}s")
    @Variable(
            value = "time in which the head of an HTTP request comes, and then its body, or its connection is closed",
            unit = "s",
            min = 1,
            max = 3600)
    Duration httpBodyTimeout();

    @WithDefault("${RTSP_READ_USERNAME:}")
    @Variable("user name to play streams; empty for none")
    Optional<String> rtspReadUsername();

    @WithDefault("${RTSP_READ_PASSWORD:}")
    @Variable("password to play streams")
    Optional<String> rtspReadPassword();
}
