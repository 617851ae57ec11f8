package dev.aerie.ingest.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.aerie.auth.ApiToken;
import dev.aerie.auth.Role;
import dev.aerie.auth.TokenFile;
import dev.aerie.ingest.testing.SocketClient;
import dev.aerie.limits.Guesses;
import dev.aerie.messages.testing.Eventually;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@TestProfile(BasicAccessTest.WithPassword.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BasicAccessTest {

    @TestHTTPResource("/")
    URI server;

    public static final class WithPassword implements QuarkusTestProfile {

        private static Path tokens() {
            try {
                Path file = Files.createTempDirectory("tokens").resolve("tokens");
                TokenFile.add(file, ApiToken.of("ana", Role.VIEWER, "viewers-token"));
                TokenFile.add(file, ApiToken.of("bo", Role.OPERATOR, "operators-token"));
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ingest.tokens",
                    tokens().toString(),
                    "ingest.username",
                    "ops",
                    "ingest.password",
                    "päss:word",
                    "ingest.http-sockets-per-address",
                    "2");
        }
    }

    @Test
    void http_withoutPassword_is401_withIt200() {
        for (String path : new String[] {"/", "/api/streams", "/rtsp/status", "/q/metrics", "/q/openapi"}) {
            when().get(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", "Basic realm=\"aerie\", charset=\"UTF-8\"");
        }
        given().header("Authorization", "Basic b3BzOndyb25n")
                .get("/api/streams")
                .then()
                .statusCode(401);
        given().header("Authorization", header()).get("/api/streams").then().statusCode(200);
        when().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void health_byItsOtherName_isAnsweredWithoutPasswordToo() {
        when().get("/health/live").then().statusCode(200).body("status", equalTo("UP"));
        when().get("/health").then().statusCode(503).body("checks.name", hasItem("broker"));
        when().get("/healthy").then().statusCode(401);
    }

    /// Who decodes the path after us would take it for the page's.
    @Test
    void health_isNoWayAround() {
        for (String path : new String[] {"/q/health%2f..%2f..%2findex.html", "/q/healthz", "/q/health/..%2fmetrics"}) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(401);
        }
    }

    @Test
    void webSocket_withoutPassword_isRefused_withItOpen() {
        var uri = SocketClient.uri(server.getPort(), "/ws/video/locked");
        assertThatException().isThrownBy(() -> new SocketClient(uri).close()).withMessageContaining("WebSocket");
        try (var client = new SocketClient(uri, header())) {
            client.send("{}");
            assertThat(client.nextText()).contains("problem");
        }
    }

    @Test
    void token_mayDoWhatItsRoleMay() {
        for (String credentials : new String[] {"Bearer viewers-token", basic("ana:viewers-token")}) {
            assertThat(status(credentials, "GET", "/api/streams")).isEqualTo(200);
            assertThat(status(credentials, "GET", "/")).isEqualTo(200);
            assertThat(status(credentials, "POST", "/stop")).isEqualTo(403);
            assertThat(status(credentials, "DELETE", "/api/streams/x")).isEqualTo(403);
        }
        assertThat(status("Bearer operators-token", "POST", "/stop")).isNotIn(401, 403);
        assertThat(status("Bearer operators-token", "DELETE", "/api/streams/x")).isEqualTo(403);
        assertThat(status(header(), "DELETE", "/api/streams/x")).isEqualTo(404);
        assertThat(status(basic("bo:viewers-token"), "GET", "/api/streams")).isEqualTo(401);
        assertThat(status("Bearer nobodys-token", "GET", "/api/streams")).isEqualTo(401);
    }

    @Test
    void token_ofAViewer_looksAndPublishesNothing() {
        var video = SocketClient.uri(server.getPort(), "/ws/video/locked");
        assertThatException()
                .isThrownBy(() -> new SocketClient(video, "Bearer viewers-token").close())
                .withMessageContaining("WebSocket");
        try (var client =
                new SocketClient(SocketClient.uri(server.getPort(), "/ws/results/drone"), "Bearer viewers-token")) {
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void browser_withoutCredentials_isSentToThePageToLogIn() {
        given().redirects()
                .follow(false)
                .header("User-Agent", "Mozilla/5.0")
                .header("Accept", "text/html,*/*")
                .get("/wall.html?a=b")
                .then()
                .statusCode(302)
                .header("Location", endsWith("/login.html?to=%2Fwall.html%3Fa%3Db"));
        // Scripts of pages handle it themselves: at a challenge for Basic the browser would ask its user.
        given().header("Sec-Fetch-Mode", "cors")
                .get("/api/streams")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"aerie\"");
        for (String open : new String[] {"/login.html", "/js/login.js", "/css/aerie.css", "/icon.svg"}) {
            when().get(open).then().statusCode(200);
        }
    }

    @Test
    void login_cookie_standsForTheCredentials() {
        var cookie = logIn("ana", "viewers-token").then().statusCode(200).body("role", equalTo("viewer"));
        String header = cookie.extract().header("Set-Cookie");
        assertThat(header)
                .matches("aerie_login=[A-Za-z0-9_-]+; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200")
                .doesNotContain("viewers-token");
        String value = header.substring(header.indexOf('=') + 1, header.indexOf(';'));

        given().cookie("aerie_login", value)
                .get("/api/login")
                .then()
                .statusCode(200)
                .body("name", equalTo("ana"), "role", equalTo("viewer"), "can_log_out", equalTo(true));
        assertThat(byCookie(value, "GET", "/api/streams")).isEqualTo(200);
        assertThat(byCookie(value, "POST", "/stop")).isEqualTo(403);
        assertThat(byCookie(value.substring(2), "GET", "/api/streams")).isEqualTo(401);
        given().cookie("aerie_login", value)
                .header("Origin", "http://evil.example")
                .delete("/api/login")
                .then()
                .statusCode(403);

        given().cookie("aerie_login", value)
                .delete("/api/login")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        assertThat(byCookie(value, "GET", "/api/streams")).isEqualTo(401);
    }

    @Test
    void login_withoutAName_takesATokenAndWithWrongWordsIsRefused() {
        logIn("", "operators-token").then().statusCode(200).body("name", equalTo("bo"), "role", equalTo("operator"));
        logIn("ops", "päss:word").then().statusCode(200).body("role", equalTo("admin"));
        logIn("ops", "wrong").then().statusCode(401).header("Set-Cookie", nullValue());
        logIn("ops", "x".repeat(513)).then().statusCode(400);
        logIn("ops", "x".repeat(5000)).then().statusCode(413);
    }

    /// The last one: this machine counts as one client.
    @Test
    @Order(Integer.MAX_VALUE)
    void login_guessing_isSlowedDownLikeAnyOther() {
        long begun = System.nanoTime();
        for (long allowed = 1; guess() != 429; allowed++) {
            assertThat(allowed)
                    .as("ten at once, then one a second")
                    .isLessThanOrEqualTo(Guesses.AT_ONCE
                            + 1
                            + Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        }
        Eventually.holds("a guess as soon as it is allowed: the next is a second later", () -> guess() == 401);
        logIn("ops", "päss:word").then().statusCode(429).header("Set-Cookie", nullValue());
        given().header("Authorization", header()).get("/api/streams").then().statusCode(429);
        logIn("bo", "operators-token").then().statusCode(200);
    }

    private static int guess() {
        return logIn("ops", "a guess").statusCode();
    }

    private static Response logIn(String user, String password) {
        return given().contentType("application/json")
                .body(Map.of("user", user, "password", password))
                .post("/api/login");
    }

    private static int byCookie(String value, String method, String path) {
        return given().cookie("aerie_login", value).request(method, path).statusCode();
    }

    private static int status(String authorization, String method, String path) {
        return given().header("Authorization", authorization)
                .request(method, path)
                .statusCode();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void webSocket_beyondThoseOfAnAddress_isRefusedUntilAnotherCloses() {
        try (var first = open()) {
            try (var second = open()) {
                assertThat(isAnswered(second)).isTrue();
                assertThatException().isThrownBy(() -> open().close()).withMessageContaining("WebSocket");
            }
            Eventually.holds("a place", this::isOpened);
            assertThat(isAnswered(first)).isTrue();
        }
    }

    private boolean isOpened() {
        try (var client = open()) {
            return isAnswered(client);
        } catch (CompletionException _) {
            return false;
        }
    }

    private static boolean isAnswered(SocketClient client) {
        client.send("{}");
        return client.nextText().contains("problem");
    }

    private SocketClient open() {
        return new SocketClient(SocketClient.uri(server.getPort(), "/ws/imu/drone"), header());
    }

    private static String header() {
        return "Basic " + Base64.getEncoder().encodeToString("ops:päss:word".getBytes(StandardCharsets.UTF_8));
    }
}
