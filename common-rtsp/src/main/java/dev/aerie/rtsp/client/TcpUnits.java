package dev.aerie.rtsp.client;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.Duration;

/// Opens RTSP streams over TCP as access units, nothing decoded: Annex-B, with the parameter sets in front of every IDR
/// frame, and with the identity that they carry.
///
/// Yields the same as [dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits] at a fraction of its cost: FFmpeg makes three system
/// calls for each RTP packet and a call into Java for each of them. A unit is returned as soon as its last packet is
/// here. Times of units are RTP timestamps, unwrapped, so they continue after a reconnection.
///
/// - `gather`: between two reads; what arrives meanwhile is delayed by as much, and wakes no thread. Zero for the
///   lowest latency.
public record TcpUnits(RtspConfig config, Duration gather, RtpDepacketizer.Recovery recovery)
        implements StreamSource.Opener<AccessUnit> {

    /// Throws [IllegalArgumentException] for anything but `rtsp://` and `rtsps://` by TCP.
    public TcpUnits {
        if (!canOpen(config)) {
            throw new IllegalArgumentException("only rtsp:// and rtsps:// by TCP, was " + config);
        }
    }

    /// Each unit as soon as it is there, for decoding: after a loss, the next is an IDR frame.
    public static TcpUnits live(RtspConfig config) {
        return new TcpUnits(config, Duration.ZERO, RtpDepacketizer.Recovery.NEXT_IDR);
    }

    /// All whole units, for a recorder.
    public static TcpUnits recording(RtspConfig config, Duration gather) {
        return new TcpUnits(config, gather, RtpDepacketizer.Recovery.NEXT_UNIT);
    }

    private static boolean canOpen(RtspConfig config) {
        return config.transport() == RtspConfig.Transport.TCP && RtspUrl.isAbsolute(config.url());
    }

    /// Throws [IOException] too if the video is neither H.264 nor H.265.
    @Override
    @MustBeClosed
    public TcpUnitSource open() throws IOException {
        return TcpUnitSource.open(config, gather, recovery);
    }
}
