package dev.aerie.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StreamGaugesTest {

    private record Work(String stream, AtomicInteger frames) {}

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Work> works = new ArrayList<>();
    private final StreamGauges<Work> gauges = new StreamGauges<>(registry, () -> works, Work::stream)
            .add("frames", "frames so far", work -> work.frames().get());

    @Test
    void refresh_streamThatGoesOn_valueIsThatOfTheMoment() {
        var work = new Work("north", new AtomicInteger(3));
        works.add(work);
        gauges.refresh();
        work.frames().set(8);
        assertThat(frames("north")).isEqualTo(8);
    }

    @Test
    void refresh_streamThatIsWorkedOnAgain_showsTheNewWork() {
        works.add(new Work("north", new AtomicInteger(3)));
        gauges.refresh();
        works.set(0, new Work("north", new AtomicInteger(1)));
        gauges.refresh();
        assertThat(frames("north")).isEqualTo(1);
    }

    @Test
    void refresh_streamThatEnded_hasNoRow() {
        works.add(new Work("north", new AtomicInteger()));
        works.add(new Work("south", new AtomicInteger(2)));
        gauges.refresh();
        works.removeFirst();
        gauges.refresh();
        assertThat(registry.find("frames").gauges()).hasSize(1);
        assertThat(frames("south")).isEqualTo(2);
    }

    private double frames(String stream) {
        return registry.get("frames").tag("stream", stream).gauge().value();
    }
}
