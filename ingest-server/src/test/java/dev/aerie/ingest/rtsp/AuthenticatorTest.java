package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.auth.Credentials;
import dev.aerie.auth.DigestAuth;
import dev.aerie.rtsp.message.RtspHeaders;
import dev.aerie.rtsp.message.RtspMessage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {

    private static final String URI = "rtsp://h:1/drone";
    private static final Credentials READER = new Credentials("reader", "s3cret");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = START;
    private long connection = 1;
    private Authenticator authenticator = authenticator(false);

    /// The examples of RFC 7616, 3.9.1.
    @ParameterizedTest
    @CsvSource({
        "MD5,8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256,753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void isMadeWith_examplesOfTheRfc_areRight(String algorithm, String response) {
        var digest = DigestAuth.parse("username=\"Mufasa\", realm=\"http-auth@example.org\", "
                + "uri=\"/dir/index.html\", algorithm=" + algorithm
                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
                + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"" + response + "\"");
        assertThat(digest.isMadeWith("GET", new Credentials("Mufasa", "Circle of Life")))
                .isTrue();
        assertThat(digest.isMadeWith("GET", new Credentials("Mufasa", "circle of life")))
                .isFalse();
        assertThat(digest.isMadeWith("PUT", new Credentials("Mufasa", "Circle of Life")))
                .isFalse();
    }

    /// The example of RFC 2069 as corrected: without qop.
    @Test
    void isMadeWith_withoutQop_isRight() {
        var digest = DigestAuth.parse("username=\"Mufasa\", realm=\"testrealm@host.com\", "
                + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
                + "response=\"1949323746fe6a43ef61f9606e7febea\"");
        assertThat(digest.isMadeWith("GET", new Credentials("Mufasa", "CircleOfLife")))
                .isTrue();
    }

    @Test
    void challenge_basic_isRefusedUnlessAllowed() {
        assertThat(answer("Basic " + base64("reader:s3cret")))
                .startsWith("RTSP/1.0 401")
                .contains("Digest")
                .doesNotContain("Basic");
    }

    @Test
    void challenge_basicWhereAllowed_isComparedWhole() {
        authenticator = authenticator(true);
        assertThat(challenge("Basic " + base64("reader:s3cret"))).isEqualTo(200);
        assertThat(challenge("Basic " + base64("reader:s3cre"))).isEqualTo(401);
        assertThat(challenge("Basic !!")).isEqualTo(401);
        assertThat(challenge("")).isEqualTo(401);
    }

    @Test
    void challenge_digestWithOurNonce_isAccepted_andStaleAfterItsLifetime() {
        String authorization = digest(nonce(), READER.password());
        assertThat(challenge(authorization)).isEqualTo(200);
        now = START.plus(Duration.ofMinutes(6));
        assertThat(answer(authorization)).contains("stale=true").startsWith("RTSP/1.0 401");
        assertThat(answer(digest(nonce(), "wrong"))).doesNotContain("stale").startsWith("RTSP/1.0 401");
    }

    /// What somebody has heard on the network.
    @Test
    void challenge_digestOfAnotherConnection_isRefusedAsStale() {
        String heard = digest(nonce(), READER.password());
        connection = 2;
        assertThat(answer(heard)).contains("stale=true").startsWith("RTSP/1.0 401");
        connection = 1;
        assertThat(challenge(heard)).isEqualTo(200);
    }

    @Test
    void challenge_digestWithAForgedNonce_isRefused() {
        String nonce = nonce();
        String forged = (nonce.charAt(0) == '0' ? "1" : "0") + nonce.substring(1);
        assertThat(challenge(digest(forged, READER.password()))).isEqualTo(401);
    }

    private Authenticator authenticator(boolean basic) {
        return new Authenticator(() -> now, Duration.ofMinutes(5), new SecureRandom(), basic);
    }

    private String nonce() {
        return DigestAuth.parse(answer("").split("WWW-Authenticate: Digest ", 2)[1])
                .get("nonce");
    }

    private static String digest(String nonce, String password) {
        var unsigned = DigestAuth.parse("username=\"reader\", realm=\"aerie\", uri=\"" + URI
                + "\", algorithm=SHA-256, nonce=\"" + nonce + "\"");
        String response = unsigned.response("DESCRIBE", new Credentials("reader", password))
                .orElseThrow();
        return "Digest username=\"reader\", realm=\"aerie\", uri=\"" + URI + "\", algorithm=SHA-256, nonce=\"" + nonce
                + "\", response=\"" + response + "\"";
    }

    private int challenge(String authorization) {
        return answer(authorization).startsWith("RTSP/1.0 401") ? 401 : 200;
    }

    /// What the client is answered; empty if it may go on.
    private String answer(String authorization) {
        var request =
                new RtspMessage.Request("DESCRIBE", URI, RtspHeaders.NONE.with("Authorization", authorization), "");
        return authenticator
                .challenge(request, AuthenticatorTest::find, connection)
                .map(challenge -> new String(challenge.response().encode("1"), StandardCharsets.UTF_8))
                .orElse("");
    }

    private static Optional<Credentials> find(String user) {
        return Optional.of(READER).filter(known -> known.user().equals(user));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
