package dev.aerie.simulator.drone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneFitTest {

    /// With 30 ns for a pixel: 28 ms, 16 ms and 7 ms for a frame.
    @ParameterizedTest
    @CsvSource({
        "4, 1280, 30",
        "0.7, 1280, 25",
        "0.42, 1280, 15",
        "0.35, 960, 20",
        "0.2, 640, 25",
        "0.08, 640, 10",
        "0.01, 640, 5"
    })
    void choose_coresOfThisMachine_isTheLargestThatFits(double cores, int width, double rate) throws IOException {
        var fit = SceneFit.choose(cores, size -> 30e-9 * size.widthPixels() * size.heightPixels());

        assertThat(fit.size().widthPixels()).isEqualTo(width);
        assertThat(fit.framesPerSecond()).isEqualTo(rate);
        assertThat(fit.cores()).isLessThanOrEqualTo(Math.max(cores, 0.05));
    }

    @Test
    void choose_firstSizeFits_measuresNoOther() throws IOException {
        List<FrameSize> measured = new ArrayList<>();

        SceneFit.choose(2, size -> {
            measured.add(size);
            return 0.01;
        });

        assertThat(measured).containsExactly(new FrameSize(1280, 720));
    }

    @Test
    void read_whatWasWritten_isTheSame(@TempDir Path folder) throws IOException {
        var fit = new SceneFit(new FrameSize(960, 540), 20, 0.34);
        fit.write(folder.resolve("scene.txt"));

        assertThat(SceneFit.read(folder.resolve("scene.txt"))).isEqualTo(fit);
    }

    @Test
    void read_otherText_isRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("scene.txt"), "nothing");

        assertThatThrownBy(() -> SceneFit.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void secondsPerFrame_ofAScene_growsWithItsSize() throws IOException {
        var like = new EncoderSettings(new FrameSize(1280, 720), 30, 4_000_000, 30);
        var cost = new RenderingCost(Scenario.TOWN.scene(7), like);
        double warm = cost.secondsPerFrame(new FrameSize(320, 180));

        double large = cost.secondsPerFrame(new FrameSize(1280, 720));
        double small = cost.secondsPerFrame(new FrameSize(320, 180));

        assertThat(warm).isPositive();
        assertThat(small).isPositive().isLessThan(large);
    }
}
