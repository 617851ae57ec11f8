package dev.aerie.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.testing.TestBroker;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The clients of the benchmark on a real RabbitMQ, with a load that anything carries.
final class BusClientIT {

    private static final int STREAMS = 5;

    @ParameterizedTest
    @CsvSource({"aerie,LIVE", "aerie,CONFIRMED", "amqp-client,LIVE", "amqp-client,CONFIRMED"})
    void measure_fewStreams_readerGetsWhatTheyPublish(String name, BusRow.Delivery kind) throws Exception {
        BusClient client = name.equals("aerie") ? new AerieBus() : new PlainBus();
        var run = new BusRun(kind, STREAMS, Duration.ofMillis(300), Duration.ofSeconds(1));

        BusRow row = client.measure(run, BrokerAddress.parse(TestBroker.shared().url()));

        assertThat(row.client()).isEqualTo(name);
        assertThat(row.offeredPerSecond()).isEqualTo(STREAMS * 65);
        assertThat(row.messagesPerSecond())
                .as("a sender that was late in the warm-up sends the rest in the second that counts")
                .isBetween(1L, row.offeredPerSecond() * 13 / 10);
        assertThat(row.p99Ms()).isPositive();
    }
}
