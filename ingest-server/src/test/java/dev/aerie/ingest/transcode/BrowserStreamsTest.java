package dev.aerie.ingest.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.ReaderQueue;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.limits.ByteBudget;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.Sps;
import dev.aerie.video.VideoCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class BrowserStreamsTest {

    private static final String SESSION = new Ulid(1, 2).toString();

    private final Relay relay = new Relay();
    private final AtomicLong nanos = new AtomicLong();
    private final BrowserStreams streams = new BrowserStreams(relay, 1, nanos::get, VideoDecoders.SOFTWARE);

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void find_h264_isTheRelayedStreamItself() {
        var stream = relay.open("drone");
        assertThat(streams.find("drone")).isEqualTo(new BrowserStreams.Found.NotLive());

        stream.publish(TestVideo.units(1, 10).getFirst());

        assertThat(streams.readable("drone")).contains(stream);
        assertThat(streams.running()).isZero();
    }

    @Test
    @Timeout(60)
    void await_streamThatComesBecauseItIsAskedFor_isLive() throws Exception {
        var asked = new AtomicInteger();
        relay.whenMissing(name -> {
            if (asked.incrementAndGet() == 3) {
                relay.open(name).publish(TestVideo.units(1, 10).getFirst());
            }
            return true;
        });

        assertThat(streams.await("drone/overlay")).isInstanceOf(BrowserStreams.Found.Live.class);
    }

    @Test
    @Timeout(60)
    void await_streamThatNobodyMakes_isNotLiveAtOnce() throws Exception {
        relay.whenMissing(_ -> false);

        assertThat(streams.await("drone/overlay")).isEqualTo(new BrowserStreams.Found.NotLive());
    }

    @Test
    @Timeout(60)
    void await_streamThatDoesNotCome_isGivenUp() throws Exception {
        relay.whenMissing(_ -> {
            nanos.addAndGet(Duration.ofSeconds(3).toNanos());
            return true;
        });

        assertThat(streams.await("drone/overlay")).isEqualTo(new BrowserStreams.Found.NotLive());
    }

    @Test
    void accept_moreThanTheBudget_dropsAllThatWaitsAndGoesOnAtAnIdrFrame() {
        var units = h265("drone");
        long all = units.stream().mapToLong(AccessUnit::sizeBytes).sum();
        var budget = new ByteBudget(all - units.getLast().sizeBytes());
        var queue = new ReaderQueue(budget);
        units.forEach(queue::accept);
        assertThat(queue.dropped()).isEqualTo(units.size());
        assertThat(budget.taken()).isZero();

        queue.accept(units.getFirst());
        assertThat(budget.taken()).isEqualTo(units.getFirst().sizeBytes());
        queue.drop();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void h265_twoReaders_seeEveryFrameAsH264WithItsIdentityFromOneTranscoder() {
        var units = h265("drone");
        var stream = relay.open("drone");
        stream.publish(units.getFirst());
        var first = new Recorder(streams.readable("drone").orElseThrow());
        var second = new Recorder(streams.readable("drone").orElseThrow());

        units.subList(1, units.size()).forEach(stream::publish);
        Eventually.holds("all frames", () -> first.units.size() == 20 && second.units.size() == 20);

        assertThat(streams.running()).isEqualTo(1);
        assertThat(stream.readerCount()).as("of the stream itself").isEqualTo(1);
        assertThat(first.units).allMatch(unit -> unit.codec() == VideoCodec.H264);
        assertThat(first.units)
                .extracting(unit -> unit.stamp().orElseThrow())
                .isEqualTo(
                        units.stream().map(unit -> unit.stamp().orElseThrow()).toList());
        assertThat(first.units)
                .extracting(AccessUnit::ptsTicks90k)
                .isEqualTo(LongStream.range(0, 20).mapToObj(i -> i * 3000).toList());
        assertThat(Sps.in(first.units.getFirst()).orElseThrow().size()).isEqualTo(new FrameSize(96, 80));
        assertThat(second.units)
                .extracting(AccessUnit::annexB)
                .isEqualTo(first.units.stream().map(AccessUnit::annexB).toList());
    }

    @Test
    void tick_afterTheLastReader_endsTheTranscoder() {
        var stream = relay.open("drone");
        stream.publish(h265("drone").getFirst());
        var reader = new Recorder(streams.readable("drone").orElseThrow());
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        streams.tick();
        assertThat(streams.running()).as("while it is read").isEqualTo(1);

        reader.stop();
        streams.tick();
        assertThat(streams.running()).as("just after").isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        streams.tick();

        assertThat(streams.running()).isZero();
        assertThat(stream.readerCount()).isZero();
    }

    @Test
    void find_moreThanAllowed_isRefusedWithASentence() {
        relay.open("drone").publish(h265("drone").getFirst());
        relay.open("other").publish(h265("other").getFirst());
        assertThat(streams.readable("drone")).isPresent();

        assertThat(streams.find("other"))
                .isEqualTo(
                        new BrowserStreams.Found.Refused("This stream is H.265, which this browser cannot decode, and"
                                + " all 1 converters of the server are in use (TRANSCODERS)."));
    }

    @Test
    void streamEnds_readersAreTold() {
        var stream = relay.open("drone");
        stream.publish(h265("drone").getFirst());
        var reader = new Recorder(streams.readable("drone").orElseThrow());

        relay.close(stream);

        Eventually.holds("told", reader.ended::get);
        streams.tick();
        assertThat(streams.running()).isZero();
    }

    private static List<AccessUnit> h265(String stream) {
        var units = TestVideo.h265Units();
        return IntStream.range(0, units.size())
                .mapToObj(i -> units.get(i)
                        .withStamp(new FrameStamp(
                                new FrameId(stream, SESSION, i), 1_763_712_000_000_000_000L + i, CaptureClock.SENDER)))
                .toList();
    }

    private static final class Recorder implements RelayReader {

        private final List<AccessUnit> units = new CopyOnWriteArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final RelayStream stream;

        @SuppressWarnings("this-escape") // the last thing it does
        Recorder(RelayStream stream) {
            this.stream = stream;
            stream.subscribe(this);
        }

        @Override
        public void accept(AccessUnit unit) {
            units.add(unit);
        }

        @Override
        public void ended() {
            ended.set(true);
        }

        void stop() {
            stream.unsubscribe(this);
        }
    }
}
