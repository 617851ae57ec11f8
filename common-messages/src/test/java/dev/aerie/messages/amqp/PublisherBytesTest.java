package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is kept for a broker that is away is bounded in bytes, too: a few large messages count like many small ones.
final class PublisherBytesTest {

    private static final int BODY = 8 << 20;
    private static final int FIT = (int) (ConfirmedPublisher.MAX_BYTES / BODY);

    private final BrokerConnection nobody =
            new BrokerConnection(BrokerAddress.parse("amqp://guest:guest@127.0.0.1:1"), "test");

    @Test
    void offer_beyondTheBytesThatAreKept_isRefused() {
        try (var publisher = new ConfirmedPublisher(nobody, 1_000, 10)) {
            int taken = 0;
            while (publisher.offer("exchange", new byte[BODY])) {
                taken++;
            }
            assertThat(taken).isEqualTo(FIT);
            assertThat(publisher.counts().refused()).isEqualTo(1);
        }
    }

    @Test
    void publish_liveBeyondTheBytesThatAreKept_dropsTheOldest() {
        try (var publisher = new LivePublisher(nobody, 1_000)) {
            for (int i = 0; i < 3 * FIT; i++) {
                publisher.publish("exchange", new byte[BODY]);
            }
            assertThat(publisher.buffered()).isEqualTo(FIT);
            assertThat(publisher.dropped()).isEqualTo(2 * FIT);
        }
    }
}
