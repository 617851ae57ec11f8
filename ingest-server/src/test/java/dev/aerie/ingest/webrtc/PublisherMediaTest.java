package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.rtp.RtpPacketizer;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A session that publishes, from what is behind ICE and DTLS on: SRTP in, frames in the relay out.
final class PublisherMediaTest {

    private static final byte[] KEY = new byte[SrtpKeys.KEY_BYTES];
    private static final byte[] SALT = new byte[SrtpKeys.SALT_BYTES];
    private static final int PAYLOAD_TYPE = 102;
    private static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 1 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "m=video 9 UDP/TLS/RTP/SAVPF " + PAYLOAD_TYPE,
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789012345678901",
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "a=mid:0",
            "a=sendonly",
            "a=rtcp-mux",
            "a=rtpmap:" + PAYLOAD_TYPE + " H265/90000",
            "a=fmtp:" + PAYLOAD_TYPE + " level-id=93;profile-id=1",
            "");

    private final Relay relay = new Relay();
    private final Streams streams = new Streams(
            relay,
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final List<String> ends = new ArrayList<>();
    private final List<byte[]> answered = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final VideoSender sender = new VideoSender(
            new RtpPacketizer(ByteBufAllocator.DEFAULT, 7, 65_530, 0, false),
            new SrtpSender(KEY, SALT),
            PAYLOAD_TYPE,
            OptionalInt.empty(),
            new ByteBudget(1 << 20),
            sent::add);

    @AfterEach
    void close() {
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /// An encoder that offers H.265 alone (RFC 7798: parameter sets in band, large frames in fragments).
    @Test
    void rtp_ofAnOfferOfH265_isALiveStreamOfTheSameFrames() throws Exception {
        var offer = WebRtcOffer.read(OFFER, WebRtcOffer.Use.PUBLISH);
        var publication = streams.open("hevc", "webrtc publisher test", () -> ends.add("taken away"));
        var media = new PublisherMedia(
                publication, offer.format(), 9, new ByteBudget(1 << 20), loop, ends::add, streams::unixNanos);
        media.begin(new DtlsServer.Exported(KEY, KEY, SALT, SALT), "1", "test", answered::add);
        var clip = TestVideo.h265Units();

        for (AccessUnit unit : clip) {
            sender.send(unit);
            while (sender.flush()) {
                assertThat(sender.resent()).isZero();
            }
            for (byte[] packet : sent) {
                assertThat(media.rtp(packet, System.nanoTime())).isTrue();
            }
            sent.clear();
        }

        var snapshot = streams.find("hevc").orElseThrow().snapshot();
        assertThat(snapshot.totals().frames()).isEqualTo(clip.size());
        assertThat(snapshot.format().orElseThrow().codec()).startsWith("h");
        var group = relay.find("hevc").orElseThrow().cachedGroup();
        assertThat(group).hasSize(10).allMatch(unit -> unit.codec() == VideoCodec.H265);
        for (int i = 0; i < group.size(); i++) {
            assertThat(group.get(i).stamp().map(FrameStamp::id).orElseThrow().frameNumber())
                    .isEqualTo(10 + i);
            assertThat(slices(group.get(i))).isNotEmpty().isEqualTo(slices(clip.get(10 + i)));
        }
        assertThat(ends).isEmpty();
        media.end("1", "test is over");
        assertThat(streams.find("hevc").orElseThrow().state()).isEqualTo(StreamState.ENDED);
    }

    private static List<ByteBuffer> slices(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(NalUnit::isSlice)
                .map(NalUnit::bytes)
                .toList();
    }
}
