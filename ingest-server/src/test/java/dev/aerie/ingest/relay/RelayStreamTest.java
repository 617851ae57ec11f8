package dev.aerie.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ingest.rtp.SyntheticVideo;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelayStreamTest {

    private final Relay relay = new Relay();
    private final RelayStream stream = relay.open("drone");

    @Test
    void subscribe_lateReader_getsTheGroupSinceTheLastIdr() {
        publish(0, 1, 2, 10, 11);
        var reader = new Remembering();
        stream.subscribe(reader);
        publish(12);
        assertThat(reader.seen).containsExactly(10L, 11L, 12L);
        stream.unsubscribe(reader);
        publish(13);
        assertThat(reader.seen).hasSize(3);
    }

    @Test
    void caches_ofAllStreams_haveOneBudget() {
        var few = new Relay(new ByteBudget(5_000));
        var one = few.open("one");
        var two = few.open("two");
        one.publish(SyntheticVideo.idr(3_000, 0));
        two.publish(SyntheticVideo.idr(3_000, 0));
        assertThat(one.cachedGroup()).hasSize(1);
        assertThat(two.cachedGroup()).as("no bytes are left for it").isEmpty();
        few.close(one);
        two.publish(SyntheticVideo.idr(3_000, 3_000));
        assertThat(two.cachedGroup()).hasSize(1);
    }

    @Test
    void publish_readerThatThrows_isRemoved_othersNeverNotice() {
        var healthy = new Remembering();
        stream.subscribe(new RelayReader() {
            @Override
            public void accept(AccessUnit unit) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void ended() {}
        });
        stream.subscribe(healthy);
        publish(0, 1);
        assertThat(healthy.seen).containsExactly(0L, 1L);
        assertThat(stream.readerCount()).isEqualTo(1);
    }

    @Test
    void publish_groupBeyondItsBound_isForgottenUpToTheNextIdr() {
        var small = new RelayStream("small", 2, 1_000, new ByteBudget(1 << 20));
        for (long pts : List.of(0L, 1L, 2L, 3L)) {
            small.publish(unit(pts));
        }
        assertThat(small.cachedGroup()).isEmpty();
        small.publish(unit(10));
        assertThat(small.cachedGroup()).hasSize(1);
    }

    @Test
    void close_endsReadersOnce_andFreesTheName() {
        var reader = new Remembering();
        stream.subscribe(reader);
        relay.close(stream);
        relay.close(stream);
        publish(0);
        assertThat(reader.endings).isEqualTo(1);
        assertThat(reader.seen).isEmpty();
        var late = new Remembering();
        stream.subscribe(late);
        assertThat(late.endings).isEqualTo(1);
        assertThat(relay.open("drone").isClosed()).isFalse();
        assertThatThrownBy(() -> relay.open("drone")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stats_countPublishedUnits() {
        publish(0, 1, 2);
        var stats = stream.stats();
        assertThat(stats.units()).isEqualTo(3);
        assertThat(stats.bytes()).isEqualTo(30);
        assertThat(stats.unitsPerSecond()).isPositive();
    }

    /// Units whose time is a multiple of ten are IDR frames.
    private void publish(long... pts) {
        for (long each : pts) {
            stream.publish(unit(each));
        }
    }

    private static AccessUnit unit(long pts) {
        return new AccessUnit(VideoCodec.H264, new byte[10], pts % 10 == 0, pts, Optional.empty());
    }

    private static final class Remembering implements RelayReader {
        private final List<Long> seen = new ArrayList<>();
        private int endings;

        @Override
        public void accept(AccessUnit unit) {
            seen.add(unit.ptsTicks90k());
        }

        @Override
        public void ended() {
            endings++;
        }
    }
}
