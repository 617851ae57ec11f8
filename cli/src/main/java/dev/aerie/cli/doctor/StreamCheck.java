package dev.aerie.cli.doctor;

import dev.aerie.rtsp.DirectStreamAddress;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.ffmpeg.DecodedUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;

/// Opens an RTSP stream as a worker would, reads it for a moment, and reports what it is: `./aerie doctor rtsp://…`.
public final class StreamCheck {

    private static final Duration WATCH = Duration.ofSeconds(3);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private StreamCheck() {}

    /// - `url`: `rtsp://…`; never printed, because it may contain a password
    static Finding look(String url) {
        String stream = DirectStreamAddress.parse(url).stream();
        String name = "stream " + stream;
        long begunNanos = System.nanoTime();
        var config = RtspConfig.of(stream, url);
        StreamSource.Opener<VideoFrame> opener = config.isSecure()
                ? DecodedUnits.of(config, InstantSource.system(), new SplittableRandom())
                : FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom());
        try (var source = opener.open()) {
            return Finding.ok(name, watch(source, begunNanos));
        } catch (NoSuchStreamException _) {
            return Finding.missing(name, "the server has no such stream");
        } catch (IOException e) {
            return Finding.missing(name, "cannot be played: " + e.getMessage());
        }
    }

    private static String watch(StreamSource<VideoFrame> source, long begunNanos) throws IOException {
        VideoFrame first = source.next();
        var size = first.size();
        boolean isForeign = LocalSession.isLocal(first.stamp().id().session());
        long firstNanos = System.nanoTime();
        long decodeNanos = 0;
        int frames = 0;
        while (System.nanoTime() - firstNanos < WATCH.toNanos()) {
            decodeNanos += source.next().decodeNanos();
            frames++;
        }
        return "%d x %d, %.1f frames/s, first after %.0f ms, %.1f ms to decode one; %s"
                .formatted(
                        size.widthPixels(),
                        size.heightPixels(),
                        frames / ((System.nanoTime() - firstNanos) / NANOS_PER_SECOND),
                        (firstNanos - begunNanos) / NANOS_PER_MILLI,
                        decodeNanos / NANOS_PER_MILLI / Math.max(1, frames),
                        isForeign ? "without identities of an ingest-server" : "with identities of an ingest-server");
    }
}
