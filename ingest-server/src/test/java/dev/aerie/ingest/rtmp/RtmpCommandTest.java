package dev.aerie.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Commands in AMF 0, and the keys of streams.
final class RtmpCommandTest {

    @Test
    void parse_connect_hasItsFields() throws Exception {
        var out = Unpooled.buffer();
        Amf0Writer.write(out, new Amf0.Text("connect"));
        Amf0Writer.write(out, new Amf0.Numeric(1));
        Amf0Writer.write(out, new Amf0.Fields(Map.of("app", new Amf0.Text("live"), "fpad", new Amf0.Bool(false))));
        var command = RtmpCommand.parse(payload(out));
        assertThat(command.name()).isEqualTo("connect");
        assertThat(command.transaction()).isEqualTo(1);
        assertThat(command.field("app")).contains("live");
        assertThat(command.field("fpad")).isEmpty();
        assertThat(command.text(0)).isEmpty();
    }

    /// An array with a date and an undefined value in an object, as encoders send them in their metadata.
    @Test
    void readAll_everyType_goesToItsEnd() throws Exception {
        String date = "0b" + "4000000000000000" + "0000";
        String ecma = "08" + "00000001" + "0001" + "61" + date + "0001" + "62" + "06" + "000009";
        String strict = "0a" + "00000002" + "05" + "0101";
        String longText = "0c" + "00000002" + "6869";
        var values = Amf0Reader.readAll(ByteBuffer.wrap(HexFormat.of().parseHex(ecma + strict + longText)));
        assertThat(values).hasSize(3);
        assertThat(values.get(1)).isInstanceOf(Amf0.Items.class);
        assertThat(values.get(2)).isEqualTo(new Amf0.Text("hi"));
    }

    @Test
    void readAll_cutAnywhere_isRefusedInWords() {
        assertThatThrownBy(() -> Amf0Reader.readAll(ByteBuffer.wrap(new byte[] {0, 64})))
                .hasMessageContaining("middle of a value");
        assertThatThrownBy(() -> Amf0Reader.readAll(ByteBuffer.wrap(new byte[] {2, 0, 9, 'a'})))
                .hasMessageContaining("middle of a value");
        assertThatThrownBy(() -> Amf0Reader.readAll(ByteBuffer.wrap(new byte[] {12, -1, -1, -1, -1})))
                .hasMessageContaining("middle of a value");
    }

    @Test
    void readAll_nestedWithoutEnd_isRefused() {
        var deep = Unpooled.buffer();
        for (int i = 0; i < 1000; i++) {
            deep.writeByte(3).writeShort(1).writeByte('a');
        }
        assertThatThrownBy(() -> Amf0Reader.readAll(payload(deep))).hasMessageContaining("deep");
    }

    @Test
    void parse_withoutANumber_isRefused() {
        assertThatThrownBy(() -> RtmpCommand.parse(ByteBuffer.wrap(new byte[] {2, 0, 1, 'a', 5})))
                .isInstanceOf(MalformedRtmpException.class);
    }

    @Test
    void key_withUserAndPassword_isTakenApart() {
        var key = StreamKey.parse("gate?user=cam&password=a%26b+c");
        assertThat(key).isEqualTo(new StreamKey("gate", Optional.of("cam"), Optional.of("a&b+c")));
        assertThat(key.toString()).contains("gate").doesNotContain("a&b");
        assertThat(StreamKey.parse("gate?key=secret").password()).contains("secret");
        assertThat(StreamKey.parse("gate?key=%zz").password()).contains("%zz");
        assertThat(StreamKey.parse("gate")).isEqualTo(new StreamKey("gate", Optional.empty(), Optional.empty()));
    }

    private static ByteBuffer payload(ByteBuf out) {
        return ByteBuffer.wrap(ByteBufUtil.getBytes(out));
    }
}
