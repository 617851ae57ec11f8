package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.cli.host.Installation;
import dev.aerie.messages.Exchanges;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DemoIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void run_simulatorAndEmbeddedBroker_everyPartWorksAndAllIsEnded() throws Exception {
        var options = new DemoOptions(Optional.empty(), Optional.of(Duration.ofSeconds(12)), true, true);

        int status = demo(Map.of()).run(options);

        JsonNode summary = new ObjectMapper().readTree(text().lines().toList().getLast());
        assertThat(status).as(text()).isZero();
        assertThat(summary.path("ok").booleanValue()).isTrue();
        assertThat(summary.path("seconds").doubleValue()).isGreaterThanOrEqualTo(12);
        for (String count : new String[] {"frames_in", "frames_relayed", "frames_processed", "segments"}) {
            assertThat(summary.path(count).longValue()).as(count).isPositive();
        }
        for (String exchange :
                new String[] {Exchanges.PROCESSED_FRAMES, Exchanges.SLAM_RESULTS, Exchanges.STREAM_EVENTS, Exchanges.IMU
                }) {
            assertThat(summary.path("messages").path(exchange).longValue())
                    .as(exchange)
                    .isPositive();
        }
        assertThat(summary.path("invalid_messages").longValue()).isZero();
        assertThat(summary.path("impossible_results").longValue()).isZero();
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void run_brokerIsAway_saysSoInOneLineAndStartsNothing() throws Exception {
        var options = new DemoOptions(Optional.empty(), Optional.of(Duration.ofSeconds(5)), true, true);

        int status =
                demo(Map.of("RABBITMQ_URL", "amqp://user:hunter2@127.0.0.1:1")).run(options);

        assertThat(status).isEqualTo(1);
        assertThat(text().lines()).hasSize(1);
        assertThat(text()).startsWith("aerie: the broker cannot be used").doesNotContain("hunter2");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private Demo demo(Map<String, String> environment) {
        return new Demo(
                Installation.ofThisProcess(), environment, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
