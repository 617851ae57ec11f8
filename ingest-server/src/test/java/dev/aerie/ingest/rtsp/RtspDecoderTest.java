package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.rtsp.message.RtspMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspDecoderTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new RtspDecoder());

    @Test
    void decode_requestPacketRequest_cutAnywhere_comeOutInOrder() {
        byte[] bytes = ("SETUP rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\ncontent-length: 3\r\n\r\nxyz$\u0001\0\u0002ab"
                        + "\r\nPLAY rtsp://h/a RTSP/1.0\ncseq:  2 \n\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var whole = new EmbeddedChannel(new RtspDecoder());
            whole.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
            whole.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
            RtspMessage.Request setup = whole.readInbound();
            assertThat(setup.method() + setup.header("CSEQ").orElse("") + setup.body())
                    .isEqualTo("SETUP1xyz");
            RtspMessage.Packet packet = whole.readInbound();
            assertThat(packet.channel()).isEqualTo(1);
            assertThat(packet.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b'}));
            RtspMessage.Request play = whole.readInbound();
            assertThat(play.method() + play.header("CSeq").orElse("")).isEqualTo("PLAY2");
            assertThat(whole.inboundMessages()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PLAY rtsp://h/a RTSP/2.0|CSeq: 1,505,false",
        "PLAY rtsp://h/a|CSeq: 1,400,false",
        "GET / HTTP/1.1|Host: h,505,false",
        "play rtsp://h/a RTSP/1.0|CSeq: 1,400,false",
        "PLAY rtsp://h/a RTSP/1.0|Session: 1,400,false",
        "PLAY rtsp://h/a RTSP/1.0|Content-Length: -1,400,true",
        "PLAY rtsp://h/a RTSP/1.0|Content-Length: 99999,413,true",
        "PLAY rtsp://h/a RTSP/1.0|Content-Length: 99999999999,413,true"
    })
    void decode_brokenRequest_isAnswered(String text, int status, boolean fatal) {
        channel.writeInbound(Unpooled.copiedBuffer(text.replace("|", "\r\n") + "\r\n\r\n", StandardCharsets.UTF_8));
        RtspMessage.Malformed malformed = channel.readInbound();
        assertThat(malformed.status()).isEqualTo(status);
        assertThat(malformed.fatal()).isEqualTo(fatal);
    }

    @Test
    void decode_headersWithoutEnd_areRefusedAtTheLimit() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[RtspDecoder.MAX_HEADER_BYTES + 1]));
        RtspMessage.Malformed malformed = channel.readInbound();
        assertThat(malformed.status()).isEqualTo(413);
        assertThat(malformed.fatal()).isTrue();
    }
}
