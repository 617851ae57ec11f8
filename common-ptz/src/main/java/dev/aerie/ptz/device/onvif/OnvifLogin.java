package dev.aerie.ptz.device.onvif;

import com.sun.net.httpserver.HttpExchange;
import dev.aerie.auth.Credentials;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.HttpDigest;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Login;
import dev.aerie.ptz.soap.SoapEnvelope;
import dev.aerie.ptz.soap.UsernameToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Lets clients in: by HTTP Digest, or by a user name token that is dated by the device's clock and was not used
/// before. Thread-safe.
final class OnvifLogin {

    /// What everybody may ask (ONVIF Core, access class PRE_AUTH).
    private static final Set<String> OPEN = Set.of(
            "GetSystemDateAndTime",
            "GetServices",
            "GetServiceCapabilities",
            "GetCapabilities",
            "GetHostname",
            "GetWsdlUrl");

    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);
    private static final int REMEMBERED_NONCES = 4096;

    private final Set<Login> logins;
    private final Credentials credentials;
    private final InstantSource clock;
    private final HttpDigest digest;
    private final Map<String, Instant> usedNonces = new LinkedHashMap<>();

    OnvifLogin(Set<Login> logins, DeviceServerConfig config) {
        this.logins = logins;
        this.credentials = config.credentials();
        this.clock = config.clock();
        this.digest = new HttpDigest(config.credentials(), config.clock());
    }

    boolean isAllowed(HttpExchange exchange, SoapEnvelope message) {
        return OPEN.contains(message.body().name())
                || (logins.contains(Login.HTTP_DIGEST) && digest.isAllowed(exchange))
                || (logins.contains(Login.USERNAME_TOKEN) && hasToken(message));
    }

    /// The status of a refusal; adds a challenge where the device knows HTTP Digest.
    int refuse(HttpExchange exchange) {
        if (!logins.contains(Login.HTTP_DIGEST)) {
            return 400;
        }
        digest.challenge(exchange);
        return 401;
    }

    private boolean hasToken(SoapEnvelope message) {
        return message.header("Security")
                .flatMap(UsernameToken::in)
                .filter(token -> token.isMadeWith(credentials))
                .filter(this::isFresh)
                .isPresent();
    }

    private synchronized boolean isFresh(UsernameToken token) {
        var now = clock.instant();
        var created = token.createdAt().orElse(Instant.EPOCH);
        if (Duration.between(created, now).abs().compareTo(TOKEN_LIFETIME) > 0) {
            return false;
        }
        usedNonces.values().removeIf(used -> Duration.between(used, now).compareTo(TOKEN_LIFETIME.multipliedBy(2)) > 0);
        if (usedNonces.size() >= REMEMBERED_NONCES) {
            usedNonces.remove(usedNonces.keySet().iterator().next());
        }
        return usedNonces.put(token.nonce(), now) == null;
    }
}
