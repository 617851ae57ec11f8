package dev.aerie.video.mp4;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.NalUnit;
import dev.aerie.video.Sps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The decoder configuration of a track: from the SPS and PPS in front of an IDR frame.
///
/// - `codec`: as browsers name it, `avc1.PPCCLL`
/// - `sps`, `pps`: whole NAL units without start codes, read-only views; equal tracks have equal parameter sets
public record AvcTrack(String codec, FrameSize size, List<ByteBuffer> sps, List<ByteBuffer> pps) {

    private static final int HIGH_PROFILE = 100;

    /// Empty if `unit` has no valid SPS and PPS.
    public static Optional<AvcTrack> of(AccessUnit unit) {
        var nals = unit.nalUnits();
        var sps = ofType(nals, NalUnit.SPS);
        var pps = ofType(nals, NalUnit.PPS);
        if (sps.isEmpty() || pps.isEmpty()) {
            return Optional.empty();
        }
        return Sps.in(unit).map(first -> new AvcTrack(first.codec(), first.size(), sps, pps));
    }

    /// The `avcC` box: AVCDecoderConfigurationRecord of ISO/IEC 14496-15, section 5.3.3.1; NAL lengths of four
    /// bytes.
    ///
    /// The three chroma bytes that High profiles add are set to 4:2:0 and 8 bits, which browsers play.
    void writeAvcC(BoxWriter out) {
        var first = sps.getFirst();
        int profile = first.get(1) & 0xff;
        out.box("avcC", box -> {
            box.u8(1).u8(profile).u8(first.get(2)).u8(first.get(3)).u8(0xff);
            writeSets(box.u8(0xe0 | sps.size()), sps);
            writeSets(box.u8(pps.size()), pps);
            if (profile >= HIGH_PROFILE) {
                box.u8(0xfc | 1).u8(0xf8).u8(0xf8).u8(0);
            }
        });
    }

    /// Whether this very SPS or PPS is one of the track's, so that no sample need carry it.
    public boolean holds(NalUnit nal) {
        return switch (nal.type()) {
            case NalUnit.SPS -> sps.contains(nal.bytes());
            case NalUnit.PPS -> pps.contains(nal.bytes());
            default -> false;
        };
    }

    private static void writeSets(BoxWriter out, List<ByteBuffer> sets) {
        for (ByteBuffer set : sets) {
            out.u16(set.remaining()).put(set.duplicate());
        }
    }

    private static List<ByteBuffer> ofType(List<NalUnit> nals, int type) {
        return nals.stream()
                .filter(nal -> nal.type() == type)
                .map(NalUnit::bytes)
                .toList();
    }
}
