package dev.aerie.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.WorkerStatus.State;
import dev.aerie.service.worker.StreamStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamStateGaugeTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<StreamStatus> statuses = new ArrayList<>();
    private final StreamStateGauge gauge = new StreamStateGauge(registry, () -> statuses);

    @Test
    void refresh_stateChanges_oneRowAStreamSaysTheStateItIsIn() {
        statuses.add(new StreamStatus("drone", SESSION, State.RUNNING, "", 0));
        gauge.refresh();
        statuses.set(0, new StreamStatus("drone", SESSION, State.GIVEN_BACK, "out of memory", 6));
        gauge.refresh();

        assertThat(registry.find("aerie.stream.state").gauges()).singleElement().satisfies(row -> {
            assertThat(row.getId().getTag("state")).isEqualTo("given_back");
            assertThat(row.value()).isEqualTo(1);
        });
        assertThat(registry.get("aerie.stream.failures")
                        .tag("stream", "drone")
                        .gauge()
                        .value())
                .isEqualTo(6);
    }
}
