package dev.aerie.storage.testing;

import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import dev.aerie.simulator.barcode.BarcodeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What a player sees in a file.
public final class Playback {

    private static final int FRAMES = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Playback() {}

    /// One decoded frame: what is burnt into it (-1 where that cannot be read), and what the video says it is.
    public record Seen(long burnt, String session, long frameNumber, long captureTimeNanos) {}

    /// Every frame that comes out of the file, in order; of any format, a still too.
    public static List<Seen> of(String stream, Path file) throws IOException {
        var seen = new ArrayList<Seen>();
        var input = new VideoInput(stream, "file:" + file, "", Map.of(), TIMEOUT, TIMEOUT);
        try (var source = new FfmpegFrames(input, FRAMES, InstantSource.system(), new Random(1)).open()) {
            while (true) {
                var frame = source.next();
                var stamp = frame.stamp();
                seen.add(new Seen(
                        BarcodeReader.read(frame).orElse(-1),
                        stamp.id().session(),
                        stamp.id().frameNumber(),
                        stamp.captureTimeNanos()));
            }
        } catch (EOFException _) {
            return seen;
        }
    }
}
