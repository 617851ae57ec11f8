package dev.aerie.video.mp4;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import dev.aerie.video.Sps;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The decoder configuration of a track: from the parameter sets in front of an IDR frame.
///
/// - `format`: of the first SPS
/// - `vps`, `sps`, `pps`: whole NAL units without start codes, read-only views; equal tracks have equal parameter sets.
///   H.264 has no VPS
public record VideoTrack(Sps format, List<ByteBuffer> vps, List<ByteBuffer> sps, List<ByteBuffer> pps) {

    /// Empty if `unit` lacks parameter sets, or its SPS is broken.
    public static Optional<VideoTrack> of(AccessUnit unit) {
        var nals = unit.nalUnits();
        var vps = ofKind(nals, NalKind.VPS);
        var sps = ofKind(nals, NalKind.SPS);
        var pps = ofKind(nals, NalKind.PPS);
        boolean lacksVps = unit.codec() == VideoCodec.H265 && vps.isEmpty();
        if (lacksVps || sps.isEmpty() || pps.isEmpty()) {
            return Optional.empty();
        }
        return Sps.in(unit).map(first -> new VideoTrack(first, vps, sps, pps));
    }

    /// The codec's name for browsers: `avc1.PPCCLL`, `hvc1.…`.
    public String codec() {
        return format.codec();
    }

    public VideoCodec videoCodec() {
        return format.videoCodec();
    }

    public FrameSize size() {
        return format.size();
    }

    /// All parameter sets, in the order of the bitstream.
    public List<ByteBuffer> parameterSets() {
        var all = new ArrayList<>(vps);
        all.addAll(sps);
        all.addAll(pps);
        return all;
    }

    /// Whether a NAL unit is left out of the samples of this track: delimiters and filler, and the parameter sets of
    /// the head, which its sample entry keeps out of samples (ISO/IEC 14496-15, 5.4.2 and 8.4.1).
    public boolean leavesOut(NalUnit nal) {
        return switch (nal.kind()) {
            case DELIMITER, FILLER -> true;
            case VPS -> vps.contains(nal.bytes());
            case SPS -> sps.contains(nal.bytes());
            case PPS -> pps.contains(nal.bytes());
            default -> false;
        };
    }

    private static List<ByteBuffer> ofKind(List<NalUnit> nals, NalKind kind) {
        return nals.stream()
                .filter(nal -> nal.kind() == kind)
                .map(NalUnit::bytes)
                .toList();
    }
}
