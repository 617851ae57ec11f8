package dev.aerie.ingest.source;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.util.function.LongSupplier;

/// Draws and encodes the test pattern at its rate.
final class TestPatternInput implements SourceInput {

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int BITS_PER_SECOND = 1_500_000;

    private final int framesPerSecond;
    private final LongSupplier unixNanos;
    private final TestCard card;
    private final H264Encoder encoder;
    private final Pace pace = new Pace();
    private long frame;

    @SuppressWarnings("MustBeClosedChecker") // closed by close
    TestPatternInput(SourceSpec.TestPattern spec, LongSupplier unixNanos) throws IOException {
        this.framesPerSecond = spec.fps();
        this.unixNanos = unixNanos;
        var size = new FrameSize(spec.width(), spec.height());
        this.card = new TestCard(size);
        this.encoder = new H264Encoder(new EncoderSettings(size, framesPerSecond, BITS_PER_SECOND, framesPerSecond));
    }

    @Override
    public Frame next() throws IOException {
        long ticks = frame * TICKS_PER_SECOND / framesPerSecond;
        pace.await(ticks);
        var captured = CaptureTime.byArrival(unixNanos.getAsLong());
        card.draw(frame++);
        return new Frame(encoder.encodeBgr(card.bgr(), card.strideBytes(), ticks), captured);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
