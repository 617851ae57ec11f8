package dev.aerie.service.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.aerie.auth.Caller;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An OpenID Connect issuer: its bearer tokens (JWT, RFC 9068) say who a caller is, and browsers log in at it
/// (code flow with PKCE). Its description and keys are fetched by a thread of their own, at the start, every five
/// minutes, and where a token names an unknown key, at most every ten seconds; nothing that a caller sends is
/// waited for.
public final class OidcIssuer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OidcIssuer.class);
    private static final Duration FETCH_EVERY = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_TOKEN_CHARACTERS = 12_000;

    private final OidcClient client;
    private final OidcRoles roles;
    private final InstantSource clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final BackgroundThread thread = BackgroundThread.of("oidc", this::keepFetching);
    private volatile @Nullable IssuerKeys known;
    private volatile boolean isWanted;

    /// What a browser takes along to the issuer and back; all of it is secret but `state`.
    public record Attempt(String state, String nonce, String verifier) {

        public static Attempt make() {
            return new Attempt(new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue());
        }
    }

    public OidcIssuer(OidcClient client, InstantSource clock) {
        this.client = client;
        this.roles = new OidcRoles(client.roleClaim());
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /// Whether its keys are known.
    public boolean isKnown() {
        return known != null;
    }

    /// Who brings this token; empty if it is not the issuer's, not for us, not valid now, or of nobody with a role.
    public Optional<Caller> callerOf(String token) {
        IssuerKeys keys = known;
        if (keys == null || token.length() > MAX_TOKEN_CHARACTERS) {
            return Optional.empty();
        }
        try {
            var signed = SignedJWT.parse(token);
            if (keys.isUnknown(signed)) {
                isWanted = true;
                return Optional.empty();
            }
            return keys.verified(signed).flatMap(roles::caller);
        } catch (ParseException _) {
            return Optional.empty();
        }
    }

    /// Where a browser goes to log in; empty while the issuer is not known.
    ///
    /// - `back`: our address that it comes back to
    public Optional<URI> loginAddress(Attempt attempt, URI back) {
        return Optional.ofNullable(known)
                .map(keys -> new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                new Scope("openid", "profile", "email"),
                                new ClientID(client.id()),
                                back)
                        .endpointURI(keys.issuer().getAuthorizationEndpointURI())
                        .state(new State(attempt.state()))
                        .nonce(new Nonce(attempt.nonce()))
                        .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
                        .build()
                        .toURI());
    }

    /// Who has come back with this code; empty for nobody with a role. Asks the issuer, and waits.
    ///
    /// Throws [IOException] with a reason if the issuer refuses the code, or its answer is not as it must be.
    public Optional<Caller> callerBack(String code, Attempt attempt, URI back) throws IOException {
        IssuerKeys keys = known;
        if (keys == null) {
            throw new IOException("the issuer is not known yet");
        }
        var tokens = exchange(keys, code, attempt, back);
        try {
            var claims = keys.verified(SignedJWT.parse(tokens.getIDTokenString()))
                    .filter(each -> attempt.nonce().equals(each.getClaim("nonce")))
                    .orElseThrow(() -> new IOException("the issuer's token is not valid"));
            return roles.caller(claims)
                    .or(() -> keys.verifiedForAnyone(tokens.getAccessToken().getValue())
                            .filter(access -> Objects.equals(access.getSubject(), claims.getSubject()))
                            .flatMap(roles::caller));
        } catch (ParseException e) {
            throw new IOException("the issuer's token cannot be read", e);
        }
    }

    private OIDCTokens exchange(IssuerKeys keys, String code, Attempt attempt, URI back) throws IOException {
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), back, new CodeVerifier(attempt.verifier()));
        URI endpoint = keys.issuer().getTokenEndpointURI();
        var request = client.secret()
                .map(secret -> new TokenRequest.Builder(endpoint, authentication(keys, secret), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, new ClientID(client.id()), grant))
                .build()
                .toHTTPRequest();
        try {
            var answer = OIDCTokenResponseParser.parse(send(request));
            if (!answer.indicatesSuccess()) {
                throw new IOException("the issuer refuses the login: "
                        + answer.toErrorResponse().getErrorObject().getCode());
            }
            return (OIDCTokens) answer.toSuccessResponse().getTokens();
        } catch (com.nimbusds.oauth2.sdk.ParseException e) {
            throw new IOException("the issuer's answer cannot be read", e);
        }
    }

    private ClientAuthentication authentication(IssuerKeys keys, String secret) {
        var methods = keys.issuer().getTokenEndpointAuthMethods();
        boolean byBody = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        var id = new ClientID(client.id());
        return byBody ? new ClientSecretPost(id, new Secret(secret)) : new ClientSecretBasic(id, new Secret(secret));
    }

    /// Looks every ten seconds whether there is a reason to ask again.
    private void keepFetching() throws InterruptedException {
        long fetchedNanos = System.nanoTime();
        fetch();
        while (!ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            long ageNanos = System.nanoTime() - fetchedNanos;
            if (isWanted || known == null || ageNanos >= FETCH_EVERY.toNanos()) {
                fetchedNanos = System.nanoTime();
                isWanted = false;
                fetch();
            }
        }
    }

    private void fetch() {
        try {
            var issuer = new Issuer(client.issuer());
            var described = OIDCProviderMetadata.parse(
                    send(new HTTPRequest(HTTPRequest.Method.GET, OIDCProviderMetadata.resolveURL(issuer)))
                            .getBodyAsJSONObject());
            if (!described.getIssuer().equals(issuer)) {
                throw new IOException("it calls itself " + described.getIssuer());
            }
            var keys = send(new HTTPRequest(HTTPRequest.Method.GET, described.getJWKSetURI()));
            known = new IssuerKeys(described, JWKSet.parse(keys.getBody()), client.id(), clock);
        } catch (IOException | GeneralException | ParseException e) {
            LOG.warn("issuer not read url={} cause={}", client.issuer(), e.toString());
        }
    }

    /// Clients of the library keep the trust of their first use; this one takes that of `TLS_CA`.
    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        request.setFollowRedirects(false);
        try {
            request.setSSLSocketFactory(SSLContext.getDefault().getSocketFactory());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no TLS", e);
        }
        return request.send();
    }

    @Override
    public void close() {
        ended.countDown();
        thread.close();
    }
}
