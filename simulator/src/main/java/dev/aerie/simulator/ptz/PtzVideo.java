package dev.aerie.simulator.ptz;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.simulated.SimulatedDevice;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.drone.VideoSource;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a PTZ camera shows: each frame is drawn when it is asked for, as the motors stand and the scene goes on at that
/// moment of the clock. Owns its encoder. Used by one thread.
public final class PtzVideo implements VideoSource {

    private static final int TICKS_PER_SECOND = 90_000;

    private final EncoderSettings settings;
    private final PtzRenderer renderer;
    private final H264Encoder encoder;
    private final ByteBuffer i420;
    private long frame;

    /// See [PtzRenderer].
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the field owns it, close() gives it back
    public PtzVideo(
            EncoderSettings settings,
            Scene scene,
            SiteCamera camera,
            SimulatedDevice device,
            InstantSource clock,
            Instant start)
            throws IOException {
        this.settings = settings;
        this.renderer = new PtzRenderer(settings.size(), scene, camera, device, clock, start);
        this.encoder = new H264Encoder(settings);
        this.i420 = ByteBuffer.allocateDirect(
                settings.size().widthPixels() * settings.size().heightPixels() * 3 / 2);
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
        renderer.draw().copyAsI420(i420);
        long ticks = Math.round(frame * TICKS_PER_SECOND / settings.framesPerSecond());
        frame++;
        return Optional.of(encoder.encodeI420(i420, ticks));
    }

    /// Where the camera pointed at the last frame.
    public PtzPosition position() {
        return renderer.position();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public OptionalLong capturedAtUnixNanos() {
        var capturedAt = renderer.drawnAt();
        return OptionalLong.of(capturedAt.getEpochSecond() * 1_000_000_000L + capturedAt.getNano());
    }

    @Override
    public void beginAnew() {
        encoder.requestIdr();
    }

    @Override
    public int skip(int frames) {
        frame += frames;
        return frames;
    }

    @Override
    public Optional<FlightPath> flight() {
        return Optional.empty();
    }

    @Override
    public List<VisibleBody> visibleBodies() {
        return renderer.visibleBodies();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
