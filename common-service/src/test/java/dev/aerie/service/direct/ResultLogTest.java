package dev.aerie.service.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.testing.ExampleMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ResultLogTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ResultLog log = new ResultLog(Duration.ofSeconds(1), nanos::get, lines::add);

    @Test
    void take_manyInASecond_writesOneOfEachKind() {
        for (int i = 0; i < 25; i++) {
            log.take(ExampleMessages.frameResult());
            log.take(ExampleMessages.pose());
            nanos.addAndGet(40_000_000);
        }
        assertThat(lines).hasSize(2);
        log.take(ExampleMessages.frameResult());
        assertThat(lines).hasSize(3);
    }

    @Test
    void take_frameResult_isJsonWithObjectsButWithoutMasks() throws Exception {
        log.take(ExampleMessages.frameResult());
        var json = new ObjectMapper().readTree(lines.getFirst());
        assertThat(json.path("schema").asText()).isEqualTo("aerie.frame_result/1");
        assertThat(json.path("objects")).isNotEmpty().allSatisfy(object -> {
            assertThat(object.has("bbox")).isTrue();
            assertThat(object.has("mask")).isFalse();
            assertThat(object.has("polygon")).isFalse();
        });
    }
}
