package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskedUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rtsp://user:p@ss/w@host:554/live?token=1 failed | rtsp://host:554/live?… failed",
                "cannot open 'rtsp://u:p@h/a?k=1': refused | cannot open 'rtsp://h/a?…': refused",
                "http://h/?a,\"http://g/?b\",? | http://h/?…\"http://g/?…\",?",
                "://u@h is none, a@b neither, x? nor | ://u@h is none, a@b neither, x? nor",
                "rtsp://h/a and rtsps://u@g/b | rtsp://h/a and rtsps://g/b",
                "a://u@b://v@c?d | a://c?…",
            })
    void of_text_hasNoSecretInIt(String text, String masked) {
        assertThat(MaskedUrl.of(text)).isEqualTo(masked);
    }

    /// One pass takes milliseconds, one from each beginning takes tens of seconds.
    @ParameterizedTest
    @ValueSource(strings = {"a://", "://", "a://?'", "@", "a://@", "?", " "})
    void of_nothingButBeginnings_isReadInOnePass(String piece) {
        String text = "x" + piece.repeat((1 << 19) / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> MaskedUrl.of(text));
    }
}
