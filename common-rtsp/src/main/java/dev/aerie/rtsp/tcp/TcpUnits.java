package dev.aerie.rtsp.tcp;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.Duration;

/// Opens RTSP streams over TCP as access units, nothing decoded: Annex-B, with SPS and PPS in front of every IDR, and
/// with the identity that they carry.
///
/// Yields what [dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits] does for a fraction of its cost: FFmpeg asks the system three
/// times for each RTP packet, and Java each time whether it may go on. Times of units are RTP timestamps, unwrapped, so
/// they go on behind a reconnection.
///
/// - `gather`: between two reads; what arrives meanwhile comes later by as much, and wakes nobody. Zero for whom every
///   millisecond counts.
public record TcpUnits(RtspConfig config, Duration gather) implements StreamSource.Opener<AccessUnit> {

    /// Throws [IllegalArgumentException] for anything but `rtsp://` by TCP.
    public TcpUnits {
        if (config.transport() != RtspConfig.Transport.TCP || !config.url().startsWith("rtsp://")) {
            throw new IllegalArgumentException("only rtsp:// by TCP, was " + config);
        }
    }

    /// Each unit as soon as it is there.
    public TcpUnits(RtspConfig config) {
        this(config, Duration.ZERO);
    }

    /// Throws [IOException] too if the video is not H.264.
    @Override
    @MustBeClosed
    public StreamSource<AccessUnit> open() throws IOException {
        return TcpUnitSource.open(config, gather);
    }
}
