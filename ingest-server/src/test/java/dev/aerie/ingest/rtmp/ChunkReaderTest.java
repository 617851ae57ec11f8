package dev.aerie.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Chunks to messages, by the layouts that the specification draws (RTMP, 5.3).
final class ChunkReaderTest {

    private static final int MAX_BYTES = 1000;

    private final ChunkReader reader = new ChunkReader(MAX_BYTES);
    private final ByteBuf in = Unpooled.buffer();

    @Test
    void read_twoMessagesInterleaved_givesBothWhole() throws Exception {
        header(4, 10, 200, RtmpMessage.VIDEO, 1);
        bytes(1, 128);
        header(5, 11, 130, RtmpMessage.AUDIO, 1);
        bytes(2, 128);
        in.writeByte(0xc0 | 4);
        bytes(1, 72);
        in.writeByte(0xc0 | 5);
        bytes(2, 2);
        var messages = all();
        assertThat(messages).extracting(RtmpMessage::type).containsExactly(RtmpMessage.VIDEO, RtmpMessage.AUDIO);
        assertThat(messages).extracting(RtmpMessage::timestampMillis).containsExactly(10, 11);
        assertThat(messages.get(0).payload()).isEqualTo(filled(1, 200));
        assertThat(messages.get(1).payload()).isEqualTo(filled(2, 130));
    }

    @Test
    void read_byteByByte_givesTheSame() throws Exception {
        header(4, 0xff_ffff, 200, RtmpMessage.VIDEO, 1);
        in.writeInt(0x0100_0000);
        bytes(1, 128);
        in.writeByte(0xc0 | 4).writeInt(0x0100_0000);
        bytes(1, 72);
        var pieces = Unpooled.buffer();
        var messages = new ArrayList<RtmpMessage>();
        while (in.isReadable()) {
            pieces.writeByte(in.readByte());
            reader.read(pieces).ifPresent(messages::add);
        }
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().payload()).isEqualTo(filled(1, 200));
        assertThat(messages.getFirst().timestampMillis()).isEqualTo(0x0100_0000);
    }

    @Test
    void read_headersThatLeaveOut_takesThemFromTheMessageBefore() throws Exception {
        header(300, 1000, 4, RtmpMessage.VIDEO, 7);
        bytes(1, 4);
        basic(1, 300).writeMedium(40).writeMedium(2).writeByte(RtmpMessage.AUDIO);
        bytes(2, 2);
        basic(2, 300).writeMedium(33);
        bytes(3, 2);
        basic(3, 300);
        bytes(4, 2);
        var messages = all();
        assertThat(messages).extracting(RtmpMessage::timestampMillis).containsExactly(1000, 1040, 1073, 1106);
        assertThat(messages).extracting(RtmpMessage::streamId).containsOnly(7);
        assertThat(messages)
                .extracting(RtmpMessage::type)
                .containsExactly(RtmpMessage.VIDEO, RtmpMessage.AUDIO, RtmpMessage.AUDIO, RtmpMessage.AUDIO);
    }

    @Test
    void read_messageWithoutHeaderBehindAnAbsoluteTime_comesAsMuchLater() throws Exception {
        header(4, 50, 1, RtmpMessage.VIDEO, 1);
        bytes(1, 1);
        in.writeByte(0xc0 | 4);
        bytes(1, 1);
        assertThat(all()).extracting(RtmpMessage::timestampMillis).containsExactly(50, 100);
    }

    @Test
    void setChunkBytes_largerOnes_cutNothing() throws Exception {
        reader.setChunkBytes(4096);
        header(4, 0, 500, RtmpMessage.VIDEO, 1);
        bytes(1, 500);
        assertThat(all()).extracting(RtmpMessage::payload).containsExactly(filled(1, 500));
    }

    @Test
    void abort_dropsWhatIsUnderWay() throws Exception {
        header(4, 0, 200, RtmpMessage.VIDEO, 1);
        bytes(1, 128);
        assertThat(all()).isEmpty();
        reader.abort(4);
        header(4, 5, 3, RtmpMessage.VIDEO, 1);
        bytes(2, 3);
        assertThat(all()).extracting(RtmpMessage::payload).containsExactly(filled(2, 3));
    }

    @Test
    void read_tooLargeAMessage_isRefusedByItsHeader() {
        header(4, 0, MAX_BYTES + 1, RtmpMessage.VIDEO, 1);
        assertThatThrownBy(this::all)
                .isInstanceOf(MalformedRtmpException.class)
                .hasMessageContaining("1001 bytes, allowed: 1000");
    }

    @Test
    void read_manyUnfinishedMessages_areRefusedTogether() {
        reader.allow(300);
        for (int chunkStream = 4; chunkStream < 7; chunkStream++) {
            header(chunkStream, 0, 300, RtmpMessage.VIDEO, 1);
            bytes(1, 128);
        }
        assertThatThrownBy(this::all).hasMessageContaining("unfinished messages");
    }

    @Test
    void read_moreChunkStreamsThanAnybodyNeeds_isRefused() {
        for (int chunkStream = 100; chunkStream < 117; chunkStream++) {
            header(chunkStream, 0, 0, RtmpMessage.VIDEO, 1);
        }
        assertThatThrownBy(this::all).hasMessageContaining("chunk streams");
    }

    @Test
    void read_headerThatNeverCame_isRefused() {
        in.writeByte(0xc0 | 4);
        assertThatThrownBy(this::all).hasMessageContaining("never came");
    }

    @Test
    void read_headerInTheMiddleOfAMessage_isRefused() {
        header(4, 0, 200, RtmpMessage.VIDEO, 1);
        bytes(1, 128);
        header(4, 0, 200, RtmpMessage.VIDEO, 1);
        assertThatThrownBy(this::all).hasMessageContaining("in the middle");
    }

    @Test
    void setChunkBytes_zero_isRefused() {
        assertThatThrownBy(() -> reader.setChunkBytes(0)).isInstanceOf(MalformedRtmpException.class);
        assertThatThrownBy(() -> reader.setChunkBytes(-1)).isInstanceOf(MalformedRtmpException.class);
    }

    private List<RtmpMessage> all() throws MalformedRtmpException {
        var messages = new ArrayList<RtmpMessage>();
        for (var next = reader.read(in); next.isPresent(); next = reader.read(in)) {
            messages.add(next.get());
        }
        return messages;
    }

    private void header(int chunkStream, int time, int length, int type, int streamId) {
        basic(0, chunkStream)
                .writeMedium(time)
                .writeMedium(length)
                .writeByte(type)
                .writeIntLE(streamId);
    }

    private ByteBuf basic(int format, int chunkStream) {
        if (chunkStream < 64) {
            return in.writeByte(format << 6 | chunkStream);
        }
        return chunkStream < 320
                ? in.writeByte(format << 6).writeByte(chunkStream - 64)
                : in.writeByte(format << 6 | 1).writeShortLE(chunkStream - 64);
    }

    private void bytes(int value, int count) {
        in.writeBytes(filled(value, count));
    }

    private static ByteBuffer filled(int value, int count) {
        var bytes = new byte[count];
        java.util.Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }
}
