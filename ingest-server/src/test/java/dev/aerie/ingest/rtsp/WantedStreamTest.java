package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.video.AccessUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A reader of a stream that begins because somebody asks for it.
final class WantedStreamTest {

    private static final List<AccessUnit> UNITS = TestVideo.units(10, 5);

    @Test
    void describe_streamThatComesWhenItIsAskedFor_waitsForIt() throws Exception {
        var asked = new AtomicInteger();
        try (var relay = RelayUnderTest.open();
                var client = new RawClient(relay.server.port())) {
            relay.relay.whenMissing(name -> {
                if (asked.incrementAndGet() == 3) {
                    var _ = CompletableFuture.runAsync(() -> relay.loop("drone/overlay", UNITS));
                }
                return true;
            });

            assertThat(client.request("DESCRIBE", relay.url("drone/overlay")).body())
                    .contains("sprop-parameter-sets=");
            assertThat(asked).hasValueGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void describe_streamThatNobodyMakes_isUnknownAtOnce() throws Exception {
        try (var relay = RelayUnderTest.open();
                var client = new RawClient(relay.server.port())) {
            relay.relay.whenMissing(_ -> false);

            assertThat(client.request("DESCRIBE", relay.url("drone/overlay")).status())
                    .isEqualTo(404);
        }
    }
}
