package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SoakBenchTest {

    private static final FrameSize FRAME = new FrameSize(160, 96);

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

    @Test
    void size_anythingButTwoSides_isRefused() {
        assertThat(SoakOptions.size("320x180")).isEqualTo(new FrameSize(320, 180));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoakOptions.size("320"))
                .withMessageContaining("WIDTHxHEIGHT");
    }

    @Test
    void options_tooFewFrames_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoakOptions("sam2", "edgetam", 512, 9, 1, FRAME))
                .withMessageContaining("at least 10 frames");
    }

    @Test
    void run_trackerWithoutWeights_tellsOfTenStretches() {
        var out = new ByteArrayOutputStream();
        var models = new ModelStore(Path.of("none"), ModelManifest.load());
        var bench = new SoakBench(models, new PrintStream(out, true, StandardCharsets.UTF_8));

        bench.run(new SoakOptions("bilateral", "none", 512, 40, 2, FRAME), true);

        String lines = out.toString(StandardCharsets.UTF_8);
        assertThat(lines.lines()).hasSize(14);
        assertThat(lines).contains("memory ").contains("\"rows\"");
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
