package dev.aerie.ingest.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.ReaderQueue;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.limits.ByteBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OverlayDemandTest {

    private final Relay relay = new Relay();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> asked = new ArrayList<>();
    private boolean works = true;

    private final OverlayDemand demand = new OverlayDemand(
            relay,
            new OverlayDemand.Publisher() {
                @Override
                public boolean publish(String stream, Duration duration) {
                    asked.add("publish " + stream);
                    return works;
                }

                @Override
                public void end(String stream) {
                    asked.add("end " + stream);
                }
            },
            nanos::get);

    @Test
    void want_overlayOfALiveStream_isAskedForWhileItIsReadAndEndedAfterTheLastReader() {
        relay.open("drone");
        assertThat(demand.want("drone/overlay")).isTrue();
        demand.tick();
        assertThat(asked).containsExactly("publish drone");

        var overlay = relay.open("drone/overlay");
        var reader = new ReaderQueue(new ByteBudget(1 << 20));
        overlay.subscribe(reader);
        passSeconds(12);
        assertThat(asked).containsOnly("publish drone").hasSize(3);

        overlay.unsubscribe(reader);
        passSeconds(4);
        assertThat(asked).doesNotContain("end drone");
        passSeconds(3);
        assertThat(asked).endsWith("end drone");
        int before = asked.size();
        passSeconds(20);
        assertThat(asked).hasSize(before);
    }

    @Test
    void want_whatNobodyWorksOn_isNotWaitedFor() {
        relay.open("drone");
        works = false;
        assertThat(demand.want("drone/overlay")).as("nobody was asked yet").isTrue();
        demand.tick();
        assertThat(demand.want("drone/overlay")).isFalse();
        works = true;
        passSeconds(3);
        assertThat(demand.want("drone/overlay")).isTrue();
    }

    @Test
    void want_anythingElse_isNobodysBusiness() {
        relay.open("drone");
        assertThat(demand.want("drone")).isFalse();
        assertThat(demand.want("other/overlay")).isFalse();
        demand.tick();
        assertThat(asked).isEmpty();
    }

    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos.addAndGet(1_000_000_000L);
            demand.tick();
        }
    }
}
