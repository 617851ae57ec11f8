package dev.aerie.cli.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Point;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.AutomaticMask;
import dev.aerie.vision.tracker.AutomaticMaskService;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Files in, files out; the model is tested where it is.
final class SegmentCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final List<String> closed = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void segment_folder_writesMasksAndAnImageForEach() throws IOException {
        image("b.png", Color.BLACK);
        image("a.jpg", Color.WHITE);
        Files.writeString(folder.resolve("notes.txt"), "no image");

        int status = new CommandLine(new SegmentCommand((_, _, _) -> leftHalf(), out)).execute(folder.toString());

        assertThat(status).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("a.jpg: 1 masks", "b.png: 1 masks");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("masks/b.json").toFile());
        assertThat(json.path("width").intValue()).isEqualTo(64);
        JsonNode mask = json.path("masks").path(0);
        assertThat(mask.path("bbox").toString()).isEqualTo("[0.0,0.0,32.0,48.0]");
        assertThat(mask.path("area").intValue()).isEqualTo(32 * 48);
        assertThat(mask.at("/mask/size").toString()).isEqualTo("[48,64]");
        assertThat(mask.path("score").doubleValue()).isEqualTo(1);
        BufferedImage painted = ImageIO.read(folder.resolve("masks/b.png").toFile());
        assertThat(painted.getRGB(10, 10)).isNotEqualTo(Color.BLACK.getRGB());
        assertThat(painted.getRGB(40, 10)).isEqualTo(Color.BLACK.getRGB());
        assertThat(closed).hasSize(1);
    }

    @Test
    void segment_nothingThere_saysSo() {
        var command = new CommandLine(new SegmentCommand((_, _, _) -> leftHalf(), out))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    out.println(failure.getMessage());
                    return 2;
                });
        assertThat(command.execute(folder.toString())).isEqualTo(2);
        assertThat(command.execute(folder.resolve("gone.png").toString())).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("no *.jpg", "no such file or folder");
    }

    @Test
    void segment_withoutAModel_saysHowToInstallOne() throws IOException {
        image("a.png", Color.WHITE);
        var store = ModelStore.of(Map.of("MODELS_DIR", folder.resolve("models").toString()));
        var command = new SegmentCommand(store, out);
        new CommandLine(command).parseArgs(folder.toString());

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(command::call)
                .withMessageContaining("./aerie models get edgetam");
    }

    private AutomaticMaskService leftHalf() {
        return AutomaticMaskService.with(
                frame -> List.of(new AutomaticMask(
                        BinaryMask.of(frame.size(), (x, _) -> x < frame.size().widthPixels() / 2),
                        1.02,
                        0.97,
                        new Point(8, 8))),
                () -> closed.add("closed"));
    }

    private void image(String name, Color color) throws IOException {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 64, 48);
        graphics.dispose();
        ImageIO.write(
                image,
                name.substring(name.lastIndexOf('.') + 1),
                folder.resolve(name).toFile());
    }
}
