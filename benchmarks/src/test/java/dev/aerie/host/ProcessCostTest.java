package dev.aerie.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCostTest {

    private static final String STAT =
            "4711 (a (very) odd name) S 1 4711 4711 0 -1 4194304 9 0 0 0 150 50 7 7 20 0 1 0 9 9 9";
    private static final String STATUS = "Name:\tjava\nVmPeak:\t  999 kB\nVmRSS:\t   2048 kB\nThreads:\t1\n";

    @Test
    void parse_commandWithBracketsAndSpaces_addsUserAndSystemTime() throws IOException {
        ProcessCost cost = ProcessCost.parse(STAT, STATUS);

        assertThat(cost.cpuTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cost.residentBytes()).isEqualTo(2048 << 10);
    }

    @Test
    void compiling_threadsOfTheCompiler_count() {
        assertThat(ProcessCost.compiling(STAT.replace("a (very) odd name", "C2 CompilerThre")))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(ProcessCost.compiling(STAT)).isZero();
        assertThat(ProcessCost.compiling("")).isZero();
    }

    @Test
    void waitingNanos_secondFigure_orNothing() {
        assertThat(ProcessCost.waitingNanos("123 456 7\n")).isEqualTo(456);
        assertThat(ProcessCost.waitingNanos("")).isZero();
    }

    @Test
    void parse_noResidentSize_saysWhatIsMissing() {
        assertThatThrownBy(() -> ProcessCost.parse(STAT, "Name:\tkthreadd\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("VmRSS");
    }
}
