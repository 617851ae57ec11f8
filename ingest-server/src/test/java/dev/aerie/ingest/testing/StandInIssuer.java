package dev.aerie.ingest.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aerie.auth.AuthorizationHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// An OpenID Connect issuer after the published protocol: discovery, keys, the code flow with PKCE (RFC 7636). Its page
/// to log in asks nothing: whoever comes is `carla`.
public final class StandInIssuer implements AutoCloseable {

    public static final String CLIENT = "fleet";
    public static final String SECRET = "issuer's secret";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final HttpServer server;
    private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger keysAsked = new AtomicInteger();
    private volatile RSAKey key = newKey();
    private volatile List<String> roles = List.of("aerie-operator");

    public StandInIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realm/.well-known/openid-configuration", this::describe);
        server.createContext("/realm/keys", this::tellKeys);
        server.createContext("/realm/login", this::logIn);
        server.createContext("/realm/token", this::exchange);
        server.start();
    }

    /// As `OIDC_URL` names it.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    /// Who logs in from now on has these roles.
    public void setRoles(String... names) {
        roles = List.of(names);
    }

    /// Signs by another key from now on.
    public void changeKey() {
        key = newKey();
    }

    /// How often its keys were asked for.
    public int keysAsked() {
        return keysAsked.get();
    }

    /// A token of `carla`, with the roles that she has.
    public String token() {
        return sign(claims().build());
    }

    /// The claims of such a token, to be changed.
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(CLIENT)
                .subject("7f3c")
                .claim("preferred_username", "carla")
                .claim("realm_access", Map.of("roles", roles))
                .expirationTime(Date.from(Instant.now().plus(LIFE)));
    }

    /// Signed by the key of this moment.
    public String sign(JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
            var token = new SignedJWT(header.build(), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                Map.of(
                        "issuer", url(),
                        "authorization_endpoint", url() + "/login",
                        "token_endpoint", url() + "/token",
                        "jwks_uri", url() + "/keys",
                        "response_types_supported", List.of("code"),
                        "subject_types_supported", List.of("public"),
                        "id_token_signing_alg_values_supported", List.of("RS256"),
                        "code_challenge_methods_supported", List.of("S256")));
    }

    private void tellKeys(HttpExchange exchange) throws IOException {
        keysAsked.incrementAndGet();
        answer(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject());
    }

    private void logIn(HttpExchange exchange) throws IOException {
        var query = form(exchange.getRequestURI().getRawQuery());
        boolean isRight = CLIENT.equals(query.get("client_id"))
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && List.of(query.getOrDefault("scope", "").split(" ", -1)).contains("openid");
        if (!isRight) {
            answer(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        asked.put(code, query);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        query.get("redirect_uri") + "?code=" + code + "&state="
                                + URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    /// A code is good once, for who asked for it and knows the verifier.
    private void exchange(HttpExchange exchange) throws IOException {
        var body = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var query = asked.remove(body.getOrDefault("code", ""));
        String expected = AuthorizationHeader.basic(
                CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)); // RFC 6749, section 2.3.1
        boolean isRight = query != null
                && expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && "authorization_code".equals(body.get("grant_type"))
                && Objects.equals(query.get("redirect_uri"), body.get("redirect_uri"))
                && Objects.equals(query.get("code_challenge"), challenge(body.getOrDefault("code_verifier", "")));
        if (!isRight) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        // As Keycloak does where nobody says otherwise: roles are in the access token alone, which is for others.
        String id = sign(claims().claim("realm_access", null)
                .claim("nonce", query.get("nonce"))
                .issueTime(Date.from(Instant.now()))
                .build());
        String access = sign(claims().audience("account").build());
        answer(
                exchange,
                200,
                Map.of("access_token", access, "token_type", "Bearer", "expires_in", LIFE.toSeconds(), "id_token", id));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        var values = new HashMap<String, String>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> json) throws IOException {
        byte[] body = new ObjectMapper().writeValueAsBytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
