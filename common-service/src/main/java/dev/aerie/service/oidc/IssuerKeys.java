package dev.aerie.service.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an issuer says of itself, with the keys that it signs with; verifies tokens without asking it again.
final class IssuerKeys {

    /// Signatures alone: a secret that both sides know proves nothing to a third.
    private static final Set<JWSAlgorithm> ALGORITHMS = union(JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC);

    private final OIDCProviderMetadata issuer;
    private final JWKSet keys;
    private final DefaultJWTProcessor<SecurityContext> forUs;
    private final DefaultJWTProcessor<SecurityContext> forAnyone;

    /// - `audience`: of whom tokens must speak that a caller brings
    IssuerKeys(OIDCProviderMetadata issuer, JWKSet keys, String audience, InstantSource clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.forUs = processor(audience, clock);
        this.forAnyone = processor(null, clock);
    }

    private static Set<JWSAlgorithm> union(JWSAlgorithm.Family one, JWSAlgorithm.Family other) {
        var all = new HashSet<JWSAlgorithm>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    private DefaultJWTProcessor<SecurityContext> processor(@Nullable String audience, InstantSource clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        var exact =
                new JWTClaimsSet.Builder().issuer(issuer.getIssuer().getValue()).build();
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(audience, exact, Set.of("sub", "exp")) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        });
        return processor;
    }

    OIDCProviderMetadata issuer() {
        return issuer;
    }

    /// Whether a token names a key that is not among these.
    boolean isUnknown(SignedJWT token) {
        String key = token.getHeader().getKeyID();
        return key != null && keys.getKeyByKeyId(key) == null;
    }

    /// The claims of a token that the issuer made for us and that is valid now; empty for any other.
    Optional<JWTClaimsSet> verified(SignedJWT token) {
        return verified(forUs, token);
    }

    /// As [#verified], whomever it was made for: of a token that the issuer itself gave us.
    Optional<JWTClaimsSet> verifiedForAnyone(String token) {
        try {
            return verified(forAnyone, SignedJWT.parse(token));
        } catch (ParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<JWTClaimsSet> verified(DefaultJWTProcessor<SecurityContext> processor, SignedJWT token) {
        try {
            return Optional.of(processor.process(token, null));
        } catch (BadJOSEException | JOSEException _) {
            return Optional.empty();
        }
    }
}
