package dev.aerie.service.oidc;

import dev.aerie.service.config.ServiceConfig;
import java.net.URI;
import java.util.Optional;

/// What an issuer and we know of each other.
///
/// - `issuer`: its URL, below which its description is
/// - `roleClaim`: where tokens have a caller's roles; parts of a path with `/` between them
public record OidcClient(URI issuer, String id, Optional<String> secret, String roleClaim) {

    /// Empty where no issuer is set.
    public static Optional<OidcClient> of(ServiceConfig config) {
        return config.oidcUrl()
                .map(url -> new OidcClient(
                        URI.create(url), config.oidcClientId(), config.oidcClientSecret(), config.oidcRoleClaim()));
    }

    @Override
    public String toString() {
        return "OidcClient[issuer=" + issuer + ", id=" + id + "]";
    }
}
