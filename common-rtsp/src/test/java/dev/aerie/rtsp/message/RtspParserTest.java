package dev.aerie.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RtspParserTest {

    private static final int HEAD_BYTES = 8 << 10;
    private static final int BODY_BYTES = 64 << 10;

    /// A head that is read again for each byte of its body takes a minute.
    @Test
    void next_bodyThatComesByteByByte_readsTheHeadOnce() {
        String head = "ANNOUNCE rtsp://h/a RTSP/1.0\r\nCSeq: 7\r\nContent-Length: " + BODY_BYTES + "\r\n";
        byte[] text = (head + "x: y\r\n".repeat((HEAD_BYTES - head.length() - 2) / 6) + "\r\n" + "b".repeat(BODY_BYTES))
                .getBytes(StandardCharsets.US_ASCII);
        var parser = RtspParser.ofServer(HEAD_BYTES, BODY_BYTES);
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            var bytes = ByteBuffer.wrap(text);
            for (int end = text.length - BODY_BYTES; end < text.length; end++) {
                assertThat(parser.next(bytes.limit(end)).isPresent()).isFalse();
            }
            assertThat(parser.next(bytes.limit(text.length)))
                    .hasValueSatisfying(message -> assertThat(message)
                            .isInstanceOfSatisfying(RtspMessage.Request.class, request -> {
                                assertThat(request.method()).isEqualTo("ANNOUNCE");
                                assertThat(request.body()).hasSize(BODY_BYTES);
                            }));
        });
    }

    @Test
    void next_shortMessageBehindALongOne_isNotHeldBack() {
        var parser = RtspParser.ofServer(HEAD_BYTES, BODY_BYTES);
        byte[] text = ("PLAY rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 9\r\n\r\n123456789"
                        + "PLAY * RTSP/1.0\r\nCSeq: 2\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.wrap(text);
        assertThat(parser.next(bytes.limit(60))).isEmpty();
        assertThat(parser.next(bytes.limit(text.length))).isPresent();
        assertThat(parser.next(bytes)).isPresent();
        assertThat(bytes.remaining()).isZero();
    }
}
