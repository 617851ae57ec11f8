package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.video.AccessUnit;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How readers that are slow, stalled, killed or late fare, and those beside them.
class ReadersIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void reader_joiningLate_beginsWithTheCachedGroupAtOnce() throws Exception {
        List<AccessUnit> clip = TestClip.longGroup();
        try (var relay = RelayUnderTest.open();
                var client = new RawClient(relay.server.port())) {
            var stream = relay.relay.open("drone");
            clip.subList(0, 200).forEach(stream::publish);
            var answer = client.play(relay.url("drone"));
            assertThat(client.packet().channel())
                    .as("a sender report comes first")
                    .isEqualTo(1);
            var first = client.packet();
            assertThat(answer.headers().get("RTP-Info"))
                    .contains("seq=" + first.sequence() + ";")
                    .contains("rtptime=" + Integer.toUnsignedString(first.timestamp()));
            int lastTicks = 0;
            while (lastTicks < 199 * TestClip.FRAME_TICKS) {
                lastTicks = client.packet().timestamp() - first.timestamp();
            }
            assertThat(relay.stats("drone").readers()).hasSize(1);
        }
    }

    @Test
    void stalledReader_dropsToAnIdrFrame_andOthersMissNothing() throws Exception {
        var limits = new ReaderLimits(200_000, 40, 16 << 10);
        try (var relay = new RelayUnderTest(
                        RtspServerConfig.defaults("127.0.0.1", 0).withLimits(limits));
                var stalled = new RawClient(relay.server.port(), 4 << 10);
                var healthy = new RawClient(relay.server.port())) {
            var stream = relay.relay.open("drone");
            var clip = TestClip.shortGroups();
            stream.publish(clip.getFirst());
            stalled.play(relay.url("drone"));
            healthy.play(relay.url("drone"));
            int published = 1;
            int sequence = -1;
            while (relay.stats("drone").droppedUnits() == 0) {
                publish(stream, clip, published++);
                sequence = drain(healthy, sequence, published - 1);
            }
            int skipped = 0;
            while (relay.stats("drone").resumes() == 0 && skipped < 2_000) {
                publish(stream, clip, published++);
                sequence = drain(healthy, sequence, published - 1);
                stalled.packet();
                skipped++;
            }
            assertThat(relay.stats("drone").resumes()).isEqualTo(1);
            assertThat(typeAfterTheGap(stalled, stream, clip, published))
                    .as("what follows the gap")
                    .isIn(7, 6);
        }
    }

    @Test
    void stalledReader_isKicked_andCounted() throws Exception {
        var timeouts =
                new RtspTimeouts(Duration.ofSeconds(60), SOON, Duration.ofMillis(300), SOON, Duration.ofMinutes(5));
        var config = RtspServerConfig.defaults("127.0.0.1", 0)
                .withTimeouts(timeouts)
                .withLimits(new ReaderLimits(100_000, 40, 16 << 10));
        try (var relay = new RelayUnderTest(config);
                var stalled = new RawClient(relay.server.port(), 4 << 10)) {
            relay.loop("drone", TestClip.shortGroups());
            RelayUnderTest.until("a group", SOON, () -> relay.stats("drone").units() > 0);
            stalled.play(relay.url("drone"));
            RelayUnderTest.until("kicked", SOON, () -> relay.stats("drone").kickedReaders() == 1);
            RelayUnderTest.until(
                    "gone", SOON, () -> relay.stats("drone").readers().isEmpty());
        }
    }

    @Test
    void streamThatEnds_saysGoodbyeAndCloses() throws Exception {
        try (var relay = RelayUnderTest.open();
                var client = new RawClient(relay.server.port())) {
            var stream = relay.relay.open("drone");
            TestClip.shortGroups().subList(0, 5).forEach(stream::publish);
            client.play(relay.url("drone"));
            relay.relay.close(stream);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.packet();
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(relay.server.stats().streams()).isEmpty();
        }
    }

    @Test
    void sentUnits_countWhatReadersGot_notWhatWasPublished() throws Exception {
        try (var relay = RelayUnderTest.open();
                var one = new RawClient(relay.server.port());
                var other = new RawClient(relay.server.port())) {
            var stream = relay.relay.open("drone");
            var cached = TestClip.shortGroups().subList(0, 5);
            long sent = 2L * cached.size();
            cached.forEach(stream::publish);
            assertThat(relay.server.stats().sentUnits()).isZero();

            one.play(relay.url("drone"));
            other.play(relay.url("drone"));
            RelayUnderTest.until(
                    "the cached group to each", SOON, () -> relay.server.stats().sentUnits() == sent);
            stream.publish(TestClip.shortGroups().get(5));
            RelayUnderTest.until(
                    "one more to each", SOON, () -> relay.server.stats().sentUnits() == sent + 2);
            relay.relay.close(stream);

            assertThat(relay.server.stats().streams()).isEmpty();
            assertThat(relay.server.stats().sentUnits()).isEqualTo(sent + 2);
        }
    }

    @Test
    void thousandReadersKilled_leaveNothingBehind() throws Exception {
        try (var relay = RelayUnderTest.open()) {
            relay.loop("drone", TestClip.shortGroups());
            RelayUnderTest.until("a group", SOON, () -> relay.stats("drone").units() > 0);
            cycles(relay, 100);
            var before = Resources.now();
            cycles(relay, 1_000);
            RelayUnderTest.until("flat", SOON, () -> Resources.now().isNoMoreThan(before));
        }
    }

    private static void cycles(RelayUnderTest relay, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            try (var client = new RawClient(relay.server.port())) {
                if (i % 2 == 0) {
                    client.play(relay.url("drone"));
                    client.packet();
                } else {
                    client.request("SETUP", relay.url("drone"), "Transport: RTP/AVP;unicast;client_port=40000-40001");
                    client.send("PLAY " + relay.url("drone") + " RTSP/1.0\r\nCSeq: 3\r\n\r\n");
                }
            }
        }
        RelayUnderTest.until(
                "every reader has left",
                SOON,
                () -> relay.server.stats().connections() == 0
                        && relay.stats("drone").readers().isEmpty());
    }

    private record Resources(long threads, long descriptors, long pooledBytes) {

        static Resources now() {
            var files = Optional.ofNullable(new File("/proc/self/fd").list());
            return new Resources(
                    Thread.getAllStackTraces().size(),
                    files.map(names -> names.length).orElse(0),
                    PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
        }

        boolean isNoMoreThan(Resources before) {
            return threads <= before.threads
                    && descriptors <= before.descriptors
                    && pooledBytes <= before.pooledBytes + (4 << 20);
        }
    }

    private static void publish(RelayStream stream, List<AccessUnit> clip, int index) {
        stream.publish(clip.get(index % clip.size()).withPtsTicks90k((long) index * TestClip.FRAME_TICKS));
    }

    /// Reads up to the delimiter behind unit `index`; sequence numbers must have no gap. Returns the last one.
    private static int drain(RawClient client, int lastSequence, int index) throws IOException {
        int sequence = lastSequence;
        while (true) {
            var packet = client.packet();
            if (packet.channel() == 0) {
                assertThat(sequence < 0 || packet.sequence() == (sequence + 1 & 0xffff))
                        .as("sequence %d after %d at unit %d", packet.sequence(), sequence, index)
                        .isTrue();
                sequence = packet.sequence();
                if (packet.bytes().length == 14) {
                    return sequence;
                }
            }
        }
    }

    /// NAL unit type of the first packet behind the first gap in the sequence.
    private static int typeAfterTheGap(RawClient client, RelayStream stream, List<AccessUnit> clip, int published)
            throws IOException {
        int sequence = -1;
        for (int i = 0; i < 5_000; i++) {
            if (i % 20 == 0) {
                publish(stream, clip, published + i / 20);
            }
            var packet = client.packet();
            if (packet.channel() == 0) {
                if (sequence >= 0 && packet.sequence() != (sequence + 1 & 0xffff)) {
                    return packet.bytes()[12] & 0x1f;
                }
                sequence = packet.sequence();
            }
        }
        throw new AssertionError("no gap");
    }
}
