package dev.aerie.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.aerie.auth.Caller;
import dev.aerie.auth.Role;
import dev.aerie.ingest.testing.StandInIssuer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.service.oidc.OidcClient;
import dev.aerie.service.oidc.OidcIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bearer tokens: whom they are believed for.
final class OidcIssuerTest {

    private static StandInIssuer standIn;
    private static OidcIssuer issuer;

    @BeforeAll
    static void start() throws Exception {
        standIn = new StandInIssuer();
        issuer = new OidcIssuer(
                new OidcClient(URI.create(standIn.url()), StandInIssuer.CLIENT, Optional.empty(), "realm_access/roles"),
                InstantSource.system());
        issuer.start();
        Eventually.holds("known", issuer::isKnown);
    }

    @AfterAll
    static void stop() {
        issuer.close();
        standIn.close();
    }

    @Test
    void callerOf_tokenForUs_isItsSubjectWithTheRoleThatMayMost() {
        for (var roles : Map.of(
                        List.of("viewer"), Role.VIEWER,
                        List.of("offline_access", "aerie-viewer", "operator"), Role.OPERATOR,
                        List.of("aerie-admin", "viewer"), Role.ADMIN)
                .entrySet()) {
            var claims = standIn.claims().claim("realm_access", Map.of("roles", roles.getKey()));
            assertThat(issuer.callerOf(standIn.sign(claims.build()))).contains(new Caller("carla", roles.getValue()));
        }
    }

    @Test
    void callerOf_tokenThatIsNotForUsOrNotValidNow_isNobody() {
        var hour = Duration.ofHours(1);
        for (var claims : List.of(
                standIn.claims().audience("another client"),
                standIn.claims().audience((String) null),
                standIn.claims().issuer("https://elsewhere.example"),
                standIn.claims().expirationTime(Date.from(Instant.now().minus(hour))),
                standIn.claims().expirationTime(null),
                standIn.claims().notBeforeTime(Date.from(Instant.now().plus(hour))),
                standIn.claims().subject(null),
                standIn.claims().claim("realm_access", Map.of("roles", List.of("user"))),
                standIn.claims().claim("realm_access", "admin"))) {
            assertThat(issuer.callerOf(standIn.sign(claims.build())))
                    .as("%s", claims.build())
                    .isEmpty();
        }
    }

    @Test
    void callerOf_tokenThatItDidNotSign_isNobody() throws Exception {
        String token = standIn.token();
        int middle = token.indexOf('.') + 20;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        var byMac = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256), standIn.claims().build());
        byMac.sign(new MACSigner("a secret of thirty-two characters"));
        for (String wrong : new String[] {
            token.substring(0, middle) + other + token.substring(middle + 1),
            token.substring(0, token.lastIndexOf('.') + 1),
            new PlainJWT(standIn.claims().build()).serialize(),
            byMac.serialize(),
            "",
            "a.b.c",
            token + "x".repeat(20_000),
        }) {
            assertThat(issuer.callerOf(wrong)).as(wrong).isEmpty();
        }
    }
}
