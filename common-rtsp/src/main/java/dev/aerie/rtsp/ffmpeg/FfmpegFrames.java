package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Opens inputs as decoded frames with their identity.
///
/// - `frames`: maximum number of frames of one connection alive at once; further decoded frames are dropped and
///   counted
/// - `clock`: capture time of foreign video without sender reports
/// - `local`: the session of foreign video, of all connections that this opens
/// - `decoders`: whose device decodes, not closed here
public record FfmpegFrames(
        VideoInput input, int frames, InstantSource clock, LocalSession local, VideoDecoders decoders)
        implements StreamSource.Opener<VideoFrame> {

    private static final int SPARE_FRAMES = 4;

    public FfmpegFrames {
        if (frames < 1) {
            throw new IllegalArgumentException("frames must be >= 1, was " + frames);
        }
    }

    /// - `random`: names the session of foreign video
    public FfmpegFrames(VideoInput input, int frames, InstantSource clock, RandomGenerator random) {
        this(input, frames, clock, new LocalSession(LocalSession.nextName(clock, random)), VideoDecoders.SOFTWARE);
    }

    /// For a consumer with this configuration: as many frames as may wait, and a few in work.
    ///
    /// - `random`: names the session of foreign video, where the configuration does not
    public static FfmpegFrames of(RtspConfig config, InstantSource clock, RandomGenerator random) {
        return new FfmpegFrames(
                VideoInput.of(config),
                framesFor(config),
                clock,
                sessionOf(config, clock, random),
                VideoDecoders.SOFTWARE);
    }

    /// The same, decoded by these instead of software.
    public FfmpegFrames decodedBy(VideoDecoders decoders) {
        return new FfmpegFrames(input, frames, clock, local, decoders);
    }

    static int framesFor(RtspConfig config) {
        return config.policy().bound() + SPARE_FRAMES;
    }

    static LocalSession sessionOf(RtspConfig config, InstantSource clock, RandomGenerator random) {
        return new LocalSession(config.localSession().orElseGet(() -> LocalSession.nextName(clock, random)));
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the feed goes to the source, which closes it
    public StreamSource<VideoFrame> open() throws IOException {
        return FfmpegFrameSource.open(PacketFeed.open(input), input.stream(), frames, clock, local, decoders);
    }
}
