package dev.aerie.cli.view;

import static java.util.Objects.requireNonNull;

import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Message;
import dev.aerie.messages.Point;
import dev.aerie.rtsp.DirectStreamAddress;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.ffmpeg.DecodedUnits;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.settings.Decoder;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.video.VideoFrame;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie view`: exit status 0 once the window is closed, 1 without a display or an ingest-server.
@Command(
        name = "view",
        description = {
            "A stream in a window of this machine.",
            "Keys: space pauses, s writes what is shown as PNG, m masks on and off, q or Escape ends;"
                    + " a click has what is there followed."
        },
        mixinStandardHelpOptions = true)
public final class ViewCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(
            paramLabel = "STREAM|rtsp://…",
            description = "a stream of the ingest-server, or the address of any RTSP stream")
    private @Nullable String source;

    @Option(names = "--masks", description = "show the frames that were processed, with their objects")
    private boolean masks;

    @Option(
            names = "--server",
            defaultValue = "http://127.0.0.1:5001",
            paramLabel = "URL",
            description = "the ingest-server, for STREAM, results and prompts; ${DEFAULT-VALUE}")
    private @Nullable URI server;

    @Option(
            names = "--snapshots",
            defaultValue = ".",
            paramLabel = "DIR",
            description = "where snapshots go; the current folder")
    private @Nullable Path snapshots;

    /// - `environment`: `AERIE_TOKEN`, or `AERIE_USERNAME` and `AERIE_PASSWORD`, are of HTTP,
    ///   `RTSP_READ_USERNAME` and `RTSP_READ_PASSWORD` of the relay; `DECODER` decodes
    public ViewCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        var address = DirectStreamAddress.parse(requireNonNull(source));
        Optional<String> missing = missingDisplay();
        if (missing.isPresent()) {
            err.println("aerie: view: " + missing.get());
            return FAILED;
        }
        try (var decoders = VideoDecoders.open(Decoder.parse(environment.getOrDefault("DECODER", "software")));
                var dashboard = new Dashboard(requireNonNull(server), AuthorizationHeader.of(environment))) {
            String url =
                    address.url().isPresent() ? address.url().get() : dashboard.relayed(address.stream(), environment);
            var config = RtspConfig.of(address.stream(), url);
            new Session(config, dashboard, decoders).run();
            return 0;
        } catch (IOException | InvalidSettingException e) {
            err.println("aerie: view: " + e.getMessage());
            return FAILED;
        }
    }

    /// Why no window can be opened here; empty where one can.
    private static Optional<String> missingDisplay() {
        try {
            if (!GraphicsEnvironment.isHeadless()) {
                GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
                return Optional.empty();
            }
            return Optional.of("there is no display here: set DISPLAY, or look at the dashboard");
        } catch (AWTError | HeadlessException e) {
            return Optional.of("the display cannot be used: " + e.getMessage());
        } catch (LinkageError _) {
            return Optional.of("this JDK has no windows (a headless one), or a library of the display is missing");
        }
    }

    /// From the window's opening to its end.
    private final class Session implements ViewWindow.Listener {

        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicBoolean withMasks = new AtomicBoolean();
        private final FrameMatcher matcher = new FrameMatcher(System::nanoTime);
        private final Dashboard dashboard;
        private final FrameReader reader;
        private final ViewWindow window;

        Session(RtspConfig config, Dashboard dashboard, VideoDecoders decoders) {
            this.dashboard = dashboard;
            this.reader = new FrameReader(config, decoders, this::accept);
            this.window = ViewWindow.open(config.stream(), this::state, this);
        }

        void run() throws InterruptedException {
            try (reader) {
                if (masks) {
                    masksToggled();
                }
                reader.start();
                closed.await();
            } finally {
                window.close();
            }
        }

        private void accept(VideoFrame frame) {
            matcher.add(ViewedFrame.of(frame)).ifPresent(window::show);
        }

        private String state() {
            var health = reader.health();
            if (!health.isLive()) {
                return "no video" + (health.detail().isEmpty() ? "" : ": " + health.detail());
            }
            if (!withMasks.get()) {
                return reader.stream();
            }
            String problem = dashboard.problem();
            String results = matcher.hasResults() ? "masks" : problem.isEmpty() ? "no results" : problem;
            return reader.stream() + "  " + results;
        }

        @Override
        public void masksToggled() {
            boolean on = !withMasks.get();
            withMasks.set(on);
            matcher.showMasks(on);
            if (on) {
                dashboard.follow(reader.stream(), this::accept);
            }
        }

        private void accept(Message message) {
            if (message instanceof FrameResult result) {
                matcher.add(result).ifPresent(window::show);
            }
        }

        @Override
        public void snapshot(FrameId frame, BufferedImage image) {
            String name = frame.stream().replace('/', '-') + "-" + frame.session() + "-" + frame.frameNumber() + ".png";
            Path file = requireNonNull(snapshots).resolve(name).toAbsolutePath().normalize();
            try {
                Files.createDirectories(requireNonNull(file.getParent()));
                ImageIO.write(image, "png", file.toFile());
                out.println(file);
                out.flush();
                window.tell("written: " + file);
            } catch (IOException e) {
                window.tell("the snapshot was not written: " + e.getMessage());
            }
        }

        @Override
        public void clicked(FrameId frame, Point place) {
            window.tell("…");
            var _ = dashboard.prompt(frame, place).thenAccept(window::tell);
        }

        @Override
        public void closed() {
            closed.countDown();
        }
    }

    /// Decoded frames of the stream, the newest only.
    private static final class FrameReader extends RtspConsumer<VideoFrame> {

        private final Consumer<VideoFrame> consumer;

        FrameReader(RtspConfig config, VideoDecoders decoders, Consumer<VideoFrame> consumer) {
            super(
                    config,
                    DecodedUnits.of(config, InstantSource.system(), new SplittableRandom())
                            .decodedBy(decoders),
                    new SplittableRandom());
            this.consumer = consumer;
        }

        @Override
        protected void accept(VideoFrame frame) {
            consumer.accept(frame);
        }
    }
}
