package dev.aerie.evaluation.slam;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.TrackedObject;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.jspecify.annotations.Nullable;

/// The frames of a sequence as they come out of H.264: coded by OpenH264 as the simulated drone does it, decoded by
/// FFmpeg as the services do.
///
/// Only brightness is coded, so that a bit rate goes a little further than with colour. Frames are decoded in their
/// order; one that is asked for again is decoded from the first on. Owns a temporary file and native memory; used by
/// one thread.
public final class CodedSequence implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int IDR_SECONDS = 2;
    private static final int FRAMES_ALIVE = 2;
    private static final byte NO_COLOUR = (byte) 128;
    private static final double LUMA_RANGE = 219.0 / 255;
    private static final int BLACK = 16;
    private static final int MACROBLOCK = 16;
    private static final String STREAM = "coded";

    private final ImageSequence original;
    private final Path file;
    private @Nullable StreamSource<VideoFrame> decoder;
    private int next;

    private CodedSequence(ImageSequence original, Path file) {
        this.original = original;
        this.file = file;
    }

    /// Codes all frames, which are read once.
    ///
    /// - `folder`: for a temporary file
    @MustBeClosed
    public static CodedSequence of(ImageSequence original, int kilobitsPerSecond, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "aerie-coded", ".h264");
        var coded = new CodedSequence(original, file);
        try (OutputStream out = Files.newOutputStream(file)) {
            coded.encode(kilobitsPerSecond, out);
            return coded;
        } catch (IOException | RuntimeException e) {
            coded.close();
            throw e;
        }
    }

    /// The coded frames; to be read until this is closed.
    public ImageSequence sequence() {
        return new ImageSequence(
                IntStream.range(0, original.images().size())
                        .mapToObj(this::frame)
                        .toList(),
                original.seconds(),
                original.camera(),
                original.truth());
    }

    /// The file's size.
    long bytes() throws IOException {
        return Files.size(file);
    }

    private ImageSequence.Frame frame(int number) {
        return new ImageSequence.Frame() {
            @Override
            @MustBeClosed
            public Mat read() throws IOException {
                return decoded(number);
            }

            @Override
            public List<TrackedObject> objects() {
                return original.images().get(number).objects();
            }
        };
    }

    /// Whole macroblocks: with frames of 162 × 122 pixels native memory was overwritten, by OpenH264 or by FFmpeg.
    private FrameSize codedSize() {
        int width = original.camera().widthPixels();
        int height = original.camera().heightPixels();
        return new FrameSize(
                Math.ceilDiv(width, MACROBLOCK) * MACROBLOCK, Math.ceilDiv(height, MACROBLOCK) * MACROBLOCK);
    }

    private void encode(int kilobitsPerSecond, OutputStream out) throws IOException {
        var size = codedSize();
        int count = original.images().size();
        double seconds = original.seconds().getLast() - original.seconds().getFirst();
        double rate = count > 1 && seconds > 0 ? (count - 1) / seconds : 1;
        int framesPerIdr = Math.max(1, (int) Math.round(IDR_SECONDS * rate));
        var settings = new EncoderSettings(size, rate, 1000 * kilobitsPerSecond, framesPerIdr);
        var i420 = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3 / 2);
        var channel = Channels.newChannel(out);
        try (var encoder = new H264Encoder(settings)) {
            for (int i = 0; i < count; i++) {
                try (var grey = original.images().get(i).read()) {
                    fill(i420, grey, size);
                }
                channel.write(encoder.encodeI420(i420, Math.round(i * TICKS_PER_SECOND / rate))
                        .annexB());
            }
            // FFmpeg knows the end of a frame by the beginning of the next.
            channel.write(encoder.encodeI420(i420, Math.round(count * TICKS_PER_SECOND / rate))
                    .annexB());
        }
    }

    /// Copies brightness (0..255 to video's 16..235) and grey for colour; the last row and column are repeated.
    private static void fill(ByteBuffer i420, Mat grey, FrameSize size) {
        try (var even = new Mat();
                var video = new Mat()) {
            opencv_core.copyMakeBorder(
                    grey,
                    even,
                    0,
                    size.heightPixels() - grey.rows(),
                    0,
                    size.widthPixels() - grey.cols(),
                    opencv_core.BORDER_REPLICATE);
            even.convertTo(video, opencv_core.CV_8UC1, LUMA_RANGE, BLACK);
            ByteBuffer luma = video.createBuffer();
            i420.clear();
            i420.put(luma);
            while (i420.hasRemaining()) {
                i420.put(NO_COLOUR);
            }
            i420.clear();
        }
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() gives the decoder back
    private Mat decoded(int number) throws IOException {
        if (number < next) {
            stop();
        }
        var source = decoder;
        if (source == null) {
            source = new FfmpegFrames(
                            VideoInput.file(STREAM, file), FRAMES_ALIVE, InstantSource.system(), new Random(1))
                    .open();
            decoder = source;
            next = 0;
        }
        var frame = source.next();
        for (next++; next <= number; next++) {
            frame = source.next();
        }
        return grey(frame);
    }

    @MustBeClosed
    private Mat grey(VideoFrame frame) {
        var grey = new Mat();
        try (var bytes = new BytePointer(frame.bgr());
                var bgr = new Mat(
                        frame.size().heightPixels(),
                        frame.size().widthPixels(),
                        opencv_core.CV_8UC3,
                        bytes,
                        frame.strideBytes());
                var inside = new Rect(
                        0, 0, original.camera().widthPixels(), original.camera().heightPixels());
                var cut = new Mat(bgr, inside)) {
            opencv_imgproc.cvtColor(cut, grey, opencv_imgproc.COLOR_BGR2GRAY);
        }
        return grey;
    }

    private void stop() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        Files.deleteIfExists(file);
    }
}
