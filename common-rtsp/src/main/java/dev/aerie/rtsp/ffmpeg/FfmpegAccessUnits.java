package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.io.IOException;

/// Opens inputs as access units, nothing decoded: Annex-B, with the parameter sets in front of every IDR frame, and
/// with the identity that they carry.
public record FfmpegAccessUnits(VideoInput input) implements StreamSource.Opener<AccessUnit> {

    public static FfmpegAccessUnits of(RtspConfig config) {
        return new FfmpegAccessUnits(VideoInput.of(config));
    }

    /// Throws [IOException] too if the video is neither H.264 nor H.265.
    @Override
    @MustBeClosed
    public AccessUnitSource open() throws IOException {
        return AccessUnitSource.open(input);
    }
}
