package dev.aerie.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.testing.Eventually;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import picocli.CommandLine;

/// A user at the window, in a process of its own on a display of its own: looks at the screen, presses keys, clicks.
///
/// Arguments: the stream's address, a folder for what it writes. Ends with 0 where everything was as it should be.
public final class WindowDriver {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int AHEAD_FRAMES = 240;
    private static final Pattern SNAPSHOT = Pattern.compile("live-(local-[0-9A-Z]+)-(\\d+)\\.png");

    private final Path folder;
    private final Robot robot;
    private final FakeDashboard dashboard;

    private WindowDriver(Path folder, Robot robot, FakeDashboard dashboard) {
        this.folder = folder;
        this.robot = robot;
        this.dashboard = dashboard;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        var robot = new Robot();
        try (var dashboard = new FakeDashboard(arguments[0])) {
            var command = new CommandLine(new ViewCommand(Map.of(), System.out, System.err));
            var end = new FutureTask<>(() -> command.execute(
                    "live", "--server", "http://127.0.0.1:" + dashboard.port(), "--snapshots", folder.toString()));
            Thread.ofPlatform().daemon().start(end);
            new WindowDriver(folder, robot, dashboard).use();
            assertThat(end.get()).isZero();
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void use() throws IOException {
        Eventually.holds("a frame is shown", () -> panel().width == WIDTH && !isBlack(capture()));

        press(KeyEvent.VK_S);
        Eventually.holds("a snapshot", () -> !snapshots().isEmpty());
        var first = SNAPSHOT.matcher(snapshots().getFirst());
        assertThat(first.matches()).isTrue();
        var snapshot = ImageIO.read(folder.resolve(snapshots().getFirst()).toFile());
        assertThat(List.of(snapshot.getWidth(), snapshot.getHeight())).containsExactly(WIDTH, HEIGHT);

        press(KeyEvent.VK_M);
        Eventually.holds("it reads results", () -> dashboard.readers() == 1);
        sendResults(first.group(1), Long.parseLong(first.group(2)));
        Eventually.holds("the mask is drawn", () -> isMasked(capture()));
        ImageIO.write(screen(), "png", folder.resolve("screen.png").toFile());

        press(KeyEvent.VK_SPACE);
        Eventually.holds("paused", this::standsStill);
        BufferedImage paused = capture();
        click(100, 60);
        Eventually.holds("a prompt", () -> dashboard.prompts().size() == 1);
        JsonNode prompt = new ObjectMapper().readTree(dashboard.prompts().getFirst());
        assertThat(prompt.path("stream").asText()).isEqualTo("live");
        assertThat(prompt.path("frame_number").asLong()).isGreaterThanOrEqualTo(Long.parseLong(first.group(2)));
        assertThat(prompt.at("/points/0/x").asDouble()).isBetween(99.0, 102.0);
        assertThat(prompt.at("/points/0/y").asDouble()).isBetween(59.0, 62.0);

        press(KeyEvent.VK_SPACE);
        Eventually.holds("it plays again", () -> !isSame(capture(), paused));
        press(KeyEvent.VK_M);
        Eventually.holds("the mask is gone", () -> !isMasked(capture()));
        press(KeyEvent.VK_Q);
    }

    /// Results of frames that will come: a mask in the corner at the bottom right.
    private void sendResults(String session, long after) throws IOException {
        var mask = Mask.encode(HEIGHT, WIDTH, (x, y) -> x >= 240 && y >= 180 && x < 300 && y < 220);
        for (long number = after; number < after + AHEAD_FRAMES; number++) {
            var envelope = Envelope.ofFrame(
                    new FrameId("live", session, number),
                    1,
                    CaptureClock.SENDER,
                    Instant.ofEpochSecond(1),
                    Producer.of("frame-processor", "one"));
            var object = new TrackedObject(
                    7, "van", 0.9, new Box(240, 180, 60, 40), TrackState.CONFIRMED, 1, null, 2400, mask, null);
            var result = new FrameResult(envelope, WIDTH, HEIGHT, "sam2", new Timing(0, 0, 0, 0), List.of(object));
            dashboard.send("{\"type\":\"result\",\"results\":{\"frame_result\":"
                    + new String(Messages.write(result), UTF_8) + "}}");
        }
    }

    private void press(int key) {
        robot.keyPress(key);
        robot.keyRelease(key);
    }

    private void click(int x, int y) {
        Rectangle panel = panel();
        robot.mouseMove(panel.x + x, panel.y + y);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    }

    private boolean standsStill() {
        BufferedImage first = capture();
        for (int i = 0; i < 10; i++) {
            robot.delay(50);
            if (!isSame(capture(), first)) {
                return false;
            }
        }
        return true;
    }

    private BufferedImage capture() {
        return robot.createScreenCapture(panel());
    }

    private BufferedImage screen() {
        return robot.createScreenCapture(Window.getWindows()[0].getBounds());
    }

    /// Where the frames are on the screen; 1 × 1 before the window is there. Asked on the event thread, where a
    /// window is whole.
    private static Rectangle panel() {
        var place = new Rectangle(0, 0, 1, 1);
        try {
            SwingUtilities.invokeAndWait(() -> {
                for (Window window : Window.getWindows()) {
                    if (window instanceof JFrame frame && frame.isShowing()) {
                        var panel = frame.getContentPane().getComponent(0);
                        place.setBounds(new Rectangle(panel.getLocationOnScreen(), panel.getSize()));
                    }
                }
            });
        } catch (InterruptedException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
        return place;
    }

    private List<String> snapshots() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> SNAPSHOT.matcher(name).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMasked(BufferedImage image) {
        var color = new Color(image.getRGB(270, 205));
        return color.getRed() + color.getGreen() + color.getBlue() > 60 && color.getRed() != color.getBlue();
    }

    private static boolean isBlack(BufferedImage image) {
        return Arrays.stream(pixels(image)).allMatch(pixel -> (pixel & 0xffffff) == 0);
    }

    private static boolean isSame(BufferedImage one, BufferedImage other) {
        return Arrays.equals(pixels(one), pixels(other));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
