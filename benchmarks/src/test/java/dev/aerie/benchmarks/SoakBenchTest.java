package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class SoakBenchTest {

    private long frames;

    @Test
    void verdict_whatIsClaimedAtFirst_doesNotCount() {
        var verdict = verdict(row(20, 300, 2), row(25, 700, 4), row(24, 720, 4));

        assertThat(verdict.flat()).isTrue();
        assertThat(verdict.toText()).contains("memory is flat: process +2000.0 MB, heap -100.0 MB per 10,000 frames");
    }

    @Test
    void verdict_heapProcessOrObjectsGrow_isNotFlat() {
        assertThat(verdict(row(20, 700, 4), row(20, 700, 4), row(99, 700, 4)).flat())
                .isFalse();
        assertThat(verdict(row(20, 700, 4), row(20, 700, 4), row(20, 790, 4)).flat())
                .isFalse();
        assertThat(verdict(row(20, 700, 4), row(20, 700, 4), row(20, 700, 5)).flat())
                .isFalse();
    }

    @Test
    void verdict_framesTakeAQuarterLonger_isNotFlat() {
        var rows = List.of(row(20, 700, 4), row(20, 700, 4), row(20, 700, 4));

        assertThat(SoakVerdict.of(rows, 10, 12.5).latencyFlat()).isTrue();
        assertThat(SoakVerdict.of(rows, 10, 12.6).latencyFlat()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--frame 320, --frame is WIDTHxHEIGHT in pixels",
        "--frame 32x32, --frame is at least 64x64",
        "--frames 9, at least 10 frames"
    })
    void execute_wrongOption_isRefused(String option, String expected) {
        var thrown = new ArrayList<Exception>();

        new CommandLine(bench(new ByteArrayOutputStream()))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    thrown.add(failure);
                    return 2;
                })
                .execute(option.split(" ", -1));

        assertThat(thrown)
                .singleElement(as(InstanceOfAssertFactories.THROWABLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void execute_trackerWithoutWeights_printsTenStretches() {
        var out = new ByteArrayOutputStream();
        String options = "--tracker bilateral --frames 40 --objects 2 --frame 160x96 --json";

        new CommandLine(bench(out)).execute(options.split(" ", -1));

        String lines = out.toString(StandardCharsets.UTF_8);
        assertThat(lines.lines()).hasSize(14);
        assertThat(lines).contains("memory ").contains("\"rows\"");
    }

    private static SoakBench bench(ByteArrayOutputStream out) {
        var models = new ModelStore(Path.of("none"), ModelManifest.load());
        return new SoakBench(models, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private SoakVerdict verdict(SoakRow... rows) {
        return SoakVerdict.of(List.of(rows), 10, 10);
    }

    /// The next stretch of 100 frames.
    private SoakRow row(double heapMb, double residentMb, double memoryMb) {
        frames += 100;
        return new SoakRow(frames, 1, 2, heapMb, residentMb, memoryMb, 5);
    }
}
