package dev.aerie.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StreamGaugesTest {

    private record Work(String stream, AtomicInteger pictures) {}

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Work> works = new ArrayList<>();
    private final StreamGauges<Work> gauges = new StreamGauges<>(registry, () -> works, Work::stream)
            .add("pictures", "pictures so far", work -> work.pictures().get());

    @Test
    void refresh_streamThatGoesOn_valueIsThatOfTheMoment() {
        var work = new Work("north", new AtomicInteger(3));
        works.add(work);
        gauges.refresh();
        work.pictures().set(8);
        assertThat(pictures("north")).isEqualTo(8);
    }

    @Test
    void refresh_streamThatIsWorkedOnAgain_showsTheNewWork() {
        works.add(new Work("north", new AtomicInteger(3)));
        gauges.refresh();
        works.set(0, new Work("north", new AtomicInteger(1)));
        gauges.refresh();
        assertThat(pictures("north")).isEqualTo(1);
    }

    @Test
    void refresh_streamThatEnded_hasNoRow() {
        works.add(new Work("north", new AtomicInteger()));
        works.add(new Work("south", new AtomicInteger(2)));
        gauges.refresh();
        works.removeFirst();
        gauges.refresh();
        assertThat(registry.find("pictures").gauges()).hasSize(1);
        assertThat(pictures("south")).isEqualTo(2);
    }

    private double pictures(String stream) {
        return registry.get("pictures").tag("stream", stream).gauge().value();
    }
}
