package dev.aerie.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SoakBenchTest {

    @Test
    void isFlat_whatIsClaimedAtFirst_doesNotCount() {
        assertThat(SoakBench.isFlat(List.of(row(20, 300, 2), row(25, 700, 4), row(24, 720, 4))))
                .isTrue();
    }

    @Test
    void isFlat_heapProcessOrObjectsGrow_isNot() {
        assertThat(SoakBench.isFlat(List.of(row(20, 700, 4), row(20, 700, 4), row(99, 700, 4))))
                .isFalse();
        assertThat(SoakBench.isFlat(List.of(row(20, 700, 4), row(20, 700, 4), row(20, 790, 4))))
                .isFalse();
        assertThat(SoakBench.isFlat(List.of(row(20, 700, 4), row(20, 700, 4), row(20, 700, 5))))
                .isFalse();
    }

    @Test
    void options_tooFewPictures_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoakOptions("sam2", "edgetam", 512, 9, 1))
                .withMessageContaining("at least 10 pictures");
    }

    @Test
    void run_trackerWithoutWeights_tellsOfTenStretches() {
        var out = new ByteArrayOutputStream();
        var models = new ModelStore(Path.of("none"), ModelManifest.load());
        var bench = new SoakBench(models, new PrintStream(out, true, StandardCharsets.UTF_8));

        bench.run(new SoakOptions("bilateral", "none", 512, 40, 2), true);

        String lines = out.toString(StandardCharsets.UTF_8);
        assertThat(lines.lines()).hasSize(13);
        assertThat(lines).contains("memory ").contains("\"rows\"");
    }

    private static SoakRow row(double heapMb, double residentMb, double memoryMb) {
        return new SoakRow(100, 1, 2, heapMb, residentMb, memoryMb, 5);
    }
}
