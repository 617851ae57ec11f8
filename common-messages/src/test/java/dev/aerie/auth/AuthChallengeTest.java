package dev.aerie.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numbers are those of RFC 7616, section 3.9.1.
final class AuthChallengeTest {

    private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");
    private static final String REALM = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void answer_digest_isThatOfTheStandard(String algorithm, String response) {
        var challenge = AuthChallenge.best(List.of("Digest " + REALM + ", algorithm=" + algorithm))
                .orElseThrow();

        String answer =
                challenge.answer("GET", "/dir/index.html", MUFASA, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        assertThat(answer)
                .startsWith("Digest username=\"Mufasa\"")
                .contains("response=\"" + response + "\"", "opaque=\"FQhe/", "algorithm=" + algorithm, "nc=00000001");
    }

    @Test
    void best_several_takesTheStrongestThatItKnows() {
        var headers = List.of(
                "Basic realm=\"x\"",
                "Digest nonce=\"1\", algorithm=MD5",
                "Digest nonce=\"2\"," + " algorithm=SHA-256",
                "Negotiate");

        assertThat(answer(headers)).contains("nonce=\"2\"");
        assertThat(answer(headers.subList(0, 1))).startsWith("Basic ");
        assertThat(AuthChallenge.best(headers.subList(3, 4))).isEmpty();
    }

    @Test
    void answer_severalRequestsWithOneNonce_areCounted() {
        var challenge = AuthChallenge.best(List.of("Digest " + REALM)).orElseThrow();

        assertThat(challenge.answer("OPTIONS", "*", MUFASA, "a")).contains("nc=00000001");
        assertThat(challenge.answer("OPTIONS", "*", MUFASA, "b")).contains("nc=00000002");
    }

    @Test
    void answer_readByAServer_isMadeWithTheSameCredentials() {
        for (String more : List.of("", ", algorithm=SHA-256", ", qop=\"auth\"", ", algorithm=MD5, opaque=\"x\"")) {
            var odd = new Credentials("operator", "p:a\"ss\\word");
            String header = AuthChallenge.best(List.of("Digest realm=\"a \\\"b\\\"\", nonce=\"n\"" + more))
                    .orElseThrow()
                    .answer("PLAY", "rtsp://h/drone", odd, "c");
            var digest = DigestAuth.parse(header.substring("Digest ".length()));

            assertThat(digest.isMadeWith("PLAY", odd)).isTrue();
            assertThat(digest.isMadeWith("PAUSE", odd)).isFalse();
            assertThat(digest.get("username")).isEqualTo("operator");
        }
    }

    private static String answer(List<String> headers) {
        return AuthChallenge.best(headers).orElseThrow().answer("GET", "/", MUFASA, "c");
    }
}
