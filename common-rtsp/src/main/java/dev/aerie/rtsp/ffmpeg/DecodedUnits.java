package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.client.TcpUnits;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Opens RTSP streams of H.264 and H.265 as decoded frames with their identity: received by our own client, decoded by
/// FFmpeg.
///
/// Yields the same as [FfmpegFrames]; a frame is decoded as soon as its last packet is here.
///
/// - `frames`, `clock`, `local`, `decoders`: as in [FfmpegFrames]
public record DecodedUnits(TcpUnits units, int frames, InstantSource clock, LocalSession local, VideoDecoders decoders)
        implements StreamSource.Opener<VideoFrame> {

    /// For a consumer with this configuration; throws [IllegalArgumentException] for anything but `rtsp://` and
    /// `rtsps://` by TCP.
    ///
    /// - `random`: names the session of foreign video, where the configuration does not
    public static DecodedUnits of(RtspConfig config, InstantSource clock, RandomGenerator random) {
        return new DecodedUnits(
                TcpUnits.live(config),
                FfmpegFrames.framesFor(config),
                clock,
                FfmpegFrames.sessionOf(config, clock, random),
                VideoDecoders.SOFTWARE);
    }

    /// The same, decoded by these instead of software.
    public DecodedUnits decodedBy(VideoDecoders decoders) {
        return new DecodedUnits(units, frames, clock, local, decoders);
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the feed goes to the source, which closes it
    public StreamSource<VideoFrame> open() throws IOException {
        var feed = new ClientFeed(units.open());
        return FfmpegFrameSource.open(feed, units.config().stream(), frames, clock, local, decoders);
    }
}
