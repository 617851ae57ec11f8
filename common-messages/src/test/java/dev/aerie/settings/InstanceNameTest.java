package dev.aerie.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstanceNameTest {

    @Test
    void of_given_isTaken() {
        assertThat(InstanceName.of(Optional.of("gate-3"), 5002, 5002)).isEqualTo("gate-3");
    }

    @Test
    void of_nothingGiven_isFormedAndStable() {
        String name = InstanceName.of(Optional.empty(), 5002, 5002);
        assertThat(name).matches(InstanceName.PATTERN);
        assertThat(InstanceName.of(Optional.empty(), 5002, 5002)).isEqualTo(name);
    }

    @Test
    void of_containers_areToldApartByTheirHostNamesThoughEachIsProcess1() {
        assertThat(InstanceName.of("9f86d081884c", 5002, 5002, 1)).isEqualTo("9f86d081884c");
        assertThat(InstanceName.of("frame-processor-7d4b9-x2x5k", 5002, 5002, 1))
                .isEqualTo("frame-processor-7d4b9-x2x5k");
    }

    @Test
    void of_twoOnOneLaptop_areToldApartByPortOrProcess() {
        assertThat(InstanceName.of("laptop", 5002, 5002, 4711)).isEqualTo("laptop");
        assertThat(InstanceName.of("laptop", 6002, 5002, 4712)).isEqualTo("laptop-6002");
        assertThat(InstanceName.of("laptop", 0, 5002, 4713)).isEqualTo("laptop-4713");
    }

    @Test
    void of_strangeHostName_becomesOneThatAQueueMayBear() {
        assertThat(InstanceName.of("Mike's Mac.local", 5002, 5002, 1)).isEqualTo("Mike-s-Mac.local");
        assertThat(InstanceName.of("", 5002, 5002, 1)).isEqualTo("host");
        assertThat(InstanceName.of("h".repeat(90), 6002, 5002, 1)).hasSize(63).endsWith("h-6002");
    }

    @Test
    void pattern_refusesWhatAQueueCannotBeCalled() {
        assertThat("gate 3").doesNotMatch(InstanceName.PATTERN);
        assertThat("x".repeat(64)).doesNotMatch(InstanceName.PATTERN);
    }
}
