package dev.aerie.rtsp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numbers are those of RFC 7616, section 3.9.1.
final class RtspChallengeTest {

    private static final String REALM = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void answer_digest_isThatOfTheStandard(String algorithm, String response) throws IOException {
        var challenge = RtspChallenge.best(List.of("Digest " + REALM + ", algorithm=" + algorithm))
                .orElseThrow();

        String answer =
                challenge.answer("GET", "/dir/index.html", mufasa(), "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

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

        assertThat(RtspChallenge.best(headers).orElseThrow().parameters()).containsEntry("nonce", "2");
        assertThat(RtspChallenge.best(headers.subList(0, 1)).orElseThrow().scheme())
                .isEqualTo("basic");
        assertThat(RtspChallenge.best(headers.subList(3, 4))).isEmpty();
    }

    private static RtspUrl mufasa() throws IOException {
        return RtspUrl.parse("rtsp://Mufasa:Circle%20of%20Life@127.0.0.1:8554/drone");
    }
}
