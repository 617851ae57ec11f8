package dev.aerie.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestAuthTest {

    /// One pass takes about a millisecond, one from each character takes tens of seconds.
    private static final Duration ONE_PASS = Duration.ofSeconds(2);

    private static final int HOSTILE_CHARACTERS = 64 << 10;

    @Test
    void parse_asClientsWriteThem_givesNamesAndValues() {
        var digest = DigestAuth.parse(
                " username=\"a \\\"b\\\", c\\\\\",realm = \"x=y\" ,nc=00000001,  Algorithm=MD5, odd, empty=, last=\"\"");
        assertThat(digest.parameters())
                .isEqualTo(Map.of(
                        "username", "a \"b\", c\\",
                        "realm", "x=y",
                        "nc", "00000001",
                        "Algorithm", "MD5",
                        "empty", "",
                        "last", ""));
        assertThat(digest.get("ALGORITHM")).isEqualTo("MD5");
    }

    @Test
    void parse_whatIsNone_isEmptyOrReachesToTheEnd() {
        for (String none : List.of("", "=", "\"", "==\"\"", ",,,", "nonce", "nonce nonce")) {
            assertThat(DigestAuth.parse(none).parameters()).as(none).isEmpty();
        }
        assertThat(DigestAuth.parse("nonce=\"abc, realm=\\").parameters()).isEqualTo(Map.of("nonce", "abc, realm=\\"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "a ", "a=\"", "a=\"\\", "\\\"", "a=\"\\\"", "=", "a=", "\"", "a= ", ","})
    void parse_hostileHeader_isReadInOnePass(String piece) {
        String header = piece.repeat(HOSTILE_CHARACTERS / piece.length());
        assertTimeoutPreemptively(ONE_PASS, () -> DigestAuth.parse(header));
    }

    @Test
    void answer_qualitiesFarApart_areReadInOnePass() {
        String qop = "a" + " ".repeat(HOSTILE_CHARACTERS) + "b , auth";
        assertTimeoutPreemptively(ONE_PASS, () -> {
            String answer = AuthChallenge.best(List.of("Digest nonce=\"n\", qop=\"" + qop + "\""))
                    .orElseThrow()
                    .answer("GET", "/", new Credentials("u", "p"), "c");
            assertThat(answer).contains("qop=auth");
        });
    }
}
