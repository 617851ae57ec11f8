package dev.aerie.simulator.drone;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.barcode.BarcodePainter;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Frames rendered and encoded one by one; endless. Owns its encoder.
public final class RenderedVideo implements VideoSource {

    private static final int TICKS_PER_SECOND = 90_000;

    private final EncoderSettings settings;
    private final Painter painter;
    private final Optional<FlightPath> flight;
    private final Truth truth;
    private final H264Encoder encoder;
    private final ByteBuffer i420;
    private long frame;
    private long painted;

    /// Draws one frame by its number, counted from 0; the frame is lent until the next call.
    public interface Painter {
        RgbImage paint(long frame);
    }

    /// The ground truth of the last painted frame, by its number.
    private interface Truth {
        List<VisibleBody> of(long frame);
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the field owns it, close() gives it back
    private RenderedVideo(EncoderSettings settings, Painter painter, Optional<FlightPath> flight, Truth truth)
            throws IOException {
        this.settings = settings;
        this.painter = painter;
        this.flight = flight;
        this.truth = truth;
        this.encoder = new H264Encoder(settings);
        this.i420 = ByteBuffer.allocateDirect(
                settings.size().widthPixels() * settings.size().heightPixels() * 3 / 2);
    }

    /// Video of `painter`; throws [IOException] if the encoder cannot be opened.
    @MustBeClosed
    public static RenderedVideo of(EncoderSettings settings, Painter painter) throws IOException {
        return new RenderedVideo(settings, painter, Optional.empty(), _ -> List.of());
    }

    /// A scene, flown through in real time.
    @MustBeClosed
    public static RenderedVideo ofScene(EncoderSettings settings, Scene scene) throws IOException {
        var renderer = new Renderer(CameraIntrinsics.of(settings.size()));
        Painter painter = frame -> {
            renderer.render(scene, frame / settings.framesPerSecond());
            return renderer.frame();
        };
        Truth truth = frame -> VisibleBody.in(renderer, scene, frame / settings.framesPerSecond());
        return new RenderedVideo(settings, painter, Optional.of(scene.trajectory()), truth);
    }

    /// Frames that carry their number, from 0.
    @MustBeClosed
    public static RenderedVideo ofBarcodes(EncoderSettings settings) throws IOException {
        var image = new RgbImage(settings.size());
        var barcodes = new BarcodePainter(settings.size());
        Painter painter = frame -> {
            barcodes.paint(image, (int) frame);
            return image;
        };
        return of(settings, painter);
    }

    @Override
    public FrameSize size() {
        return settings.size();
    }

    @Override
    public double framesPerSecond() {
        return settings.framesPerSecond();
    }

    @Override
    public Optional<AccessUnit> next() throws IOException {
        painted = frame;
        painter.paint(frame).copyAsI420(i420);
        long ticks = Math.round(frame * TICKS_PER_SECOND / settings.framesPerSecond());
        frame++;
        return Optional.of(encoder.encodeI420(i420, ticks));
    }

    @Override
    public void beginAnew() {
        encoder.requestIdr();
    }

    /// A scene continues without them; frames with a number are all rendered.
    @Override
    public int skip(int frames) {
        if (flight.isEmpty()) {
            return 0;
        }
        frame += frames;
        return frames;
    }

    @Override
    public Optional<FlightPath> flight() {
        return flight;
    }

    @Override
    public List<VisibleBody> visibleBodies() {
        return truth.of(painted);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
