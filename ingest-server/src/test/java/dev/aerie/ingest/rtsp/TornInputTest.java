package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.rtp.SyntheticVideo;
import dev.aerie.rtp.MalformedPacketException;
import dev.aerie.rtp.ReorderBuffer;
import dev.aerie.rtp.RtcpPacket;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.VideoCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// 100,000 mutated messages from a fixed seed: none may crash, hang, leak or make anything grow.
class TornInputTest {

    private static final int REQUESTS = 50_000;
    private static final int PACKETS = 50_000;
    private static final List<String> REQUESTS_TO_TEAR = List.of(
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
            "DESCRIBE rtsp://h/drone RTSP/1.0\r\nCSeq: 2\r\nAccept: application/sdp\r\n\r\n",
            "SETUP rtsp://h/drone/trackID=0 RTSP/1.0\r\nCSeq: 3\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n",
            "PLAY rtsp://h/drone RTSP/1.0\r\nCSeq: 4\r\nRange: npt=0.000-\r\n\r\n",
            "PAUSE rtsp://h/drone RTSP/1.0\r\nCSeq: 5\r\n\r\n",
            "GET_PARAMETER rtsp://h/drone RTSP/1.0\r\nCSeq: 6\r\nSession: 12;timeout=60\r\n\r\n",
            """
            ANNOUNCE rtsp://h/cam RTSP/1.0
            CSeq: 7
            Content-Type: application/sdp
            Content-Length: 89

            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 sprop-parameter-sets=Z0LAHg==,aA==
            """,
            "SETUP rtsp://h/cam/streamid=0 RTSP/1.0\r\nCSeq: 8\r\nTransport: RTP/AVP/TCP;interleaved=2-3;mode=record\r\n\r\n",
            "RECORD rtsp://h/cam RTSP/1.0\r\nCSeq: 9\r\nAuthorization: Digest username=\"a\", nonce=\"b\"\r\n\r\n",
            "$\0\0\u0010\u0080`\0\u0001\0\0\0\0\0\0\0\0abcd",
            "TEARDOWN rtsp://h/drone RTSP/1.0\r\nCSeq: 10\r\n\r\n");

    private final Random random = new Random(20_261_121);

    @Test
    void requests_torn_areAnsweredOrRefused() {
        var relay = new Relay();
        var stream = relay.open("drone");
        stream.publish(SyntheticVideo.idr(2_000, 0));
        var context = new RtspServerContext(
                RtspServerConfig.defaults("127.0.0.1", 0), relay, new RecordedPublications(), InstantSource.system());
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        int sent = 0;
        while (sent < REQUESTS) {
            var channel = new Loopback(new RtspDecoder(), new RtspConnection(context));
            for (int i = 0; i < 50 && channel.isActive(); i++) {
                channel.writeInbound(Unpooled.wrappedBuffer(torn(request())));
                channel.runPendingTasks();
                channel.releaseOutbound();
                sent++;
                stream.publish(
                        i == 0 ? SyntheticVideo.idr(2_000, sent * 3000L) : SyntheticVideo.delta(500, sent * 3000L));
            }
            channel.finishAndReleaseAll();
            assertThat(stream.readerCount()).isZero();
        }
        relay.close(stream);
        assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isLessThanOrEqualTo(before + (4 << 20));
    }

    @Test
    void packets_torn_areDroppedOrTaken() throws Exception {
        var originals = packets();
        var depacketizer = depacketizer();
        int malformed = 0;
        int units = 0;
        var reorder = new ReorderBuffer();
        for (int i = 0; i < PACKETS; i++) {
            var packet = ByteBuffer.wrap(torn(originals.get(i % originals.size())));
            try {
                RtcpPacket.parse(packet.duplicate());
            } catch (MalformedPacketException e) {
                malformed++;
            }
            try {
                for (RtpPacket next : reorder.push(RtpPacket.parse(packet), i * 1_000_000L)) {
                    units += push(depacketizer, next);
                }
            } catch (MalformedPacketException e) {
                malformed++;
            } catch (MalformedVideoException e) {
                depacketizer = depacketizer();
            }
        }
        assertThat(malformed).isPositive();
        assertThat(units).as("some survive").isPositive();
    }

    private static int push(RtpDepacketizer depacketizer, RtpPacket packet) throws MalformedVideoException {
        try {
            return depacketizer.push(packet).size();
        } catch (MalformedPacketException _) {
            return 0;
        }
    }

    private static RtpDepacketizer depacketizer() {
        var sets = ByteBuffer.wrap(SyntheticVideo.parameterSets());
        return new RtpDepacketizer("s", VideoCodec.H264, sets, RtpDepacketizer.Recovery.NEXT_IDR);
    }

    private byte[] request() {
        return REQUESTS_TO_TEAR.get(random.nextInt(REQUESTS_TO_TEAR.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> packets() {
        var packetizer = new RtpPacketizer(PooledByteBufAllocator.DEFAULT, 1, 0, 0, true);
        var packets = new ArrayList<byte[]>();
        for (int i = 0; i < 60; i++) {
            var unit = packetizer.packetize(
                    i % 10 == 0 ? SyntheticVideo.idr(4_000, i * 3000L) : SyntheticVideo.delta(900, i * 3000L), 0);
            for (int p = 0; p < unit.packetCount(); p++) {
                ByteBuf packet = unit.packet(p);
                var bytes = new byte[packet.readableBytes()];
                packet.readBytes(bytes).release();
                packets.add(bytes);
            }
            unit.release();
        }
        return packets;
    }

    /// Whole one time in four; otherwise with bytes changed, cut off, or doubled.
    private byte[] torn(byte[] original) {
        byte[] bytes = original.clone();
        return switch (random.nextInt(4)) {
            case 0 -> bytes;
            case 1 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                yield bytes;
            }
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            default -> {
                int from = random.nextInt(bytes.length);
                byte[] doubled = Arrays.copyOf(bytes, bytes.length + bytes.length - from);
                System.arraycopy(bytes, from, doubled, bytes.length, bytes.length - from);
                yield doubled;
            }
        };
    }

    /// An embedded channel with addresses, as sessions want to know them.
    private static final class Loopback extends EmbeddedChannel {

        Loopback(ChannelHandler... handlers) {
            super(handlers);
        }

        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 554);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        }
    }
}
