package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One coded frame, immutable and shared by relay, recorder and decoders.
///
/// Owns its bytes: the array passed in must not be changed.
public final class AccessUnit {

    private final VideoCodec codec;
    private final byte[] annexB;
    private final @Nullable List<NalUnit> nalUnits;
    private final boolean idr;
    private final long ptsTicks90k;
    private final Optional<FrameStamp> stamp;

    /// - `annexB`: whole NAL units, each behind a start code; the parameter sets in front of every IDR frame
    /// - `idr`: whether decoding can start here
    /// - `ptsTicks90k`: presentation time at 90 kHz, from any origin, 64 bits without wrap
    /// - `stamp`: the identity that its SEI carries; empty for foreign video
    public AccessUnit(VideoCodec codec, byte[] annexB, boolean idr, long ptsTicks90k, Optional<FrameStamp> stamp) {
        this(codec, annexB, null, idr, ptsTicks90k, stamp);
    }

    /// - `nalUnits`: the units in `annexB`, as views on it; null if not split yet
    private AccessUnit(
            VideoCodec codec,
            byte[] annexB,
            @Nullable List<NalUnit> nalUnits,
            boolean idr,
            long ptsTicks90k,
            Optional<FrameStamp> stamp) {
        this.codec = codec;
        this.annexB = annexB;
        this.nalUnits = nalUnits;
        this.idr = idr;
        this.ptsTicks90k = ptsTicks90k;
        this.stamp = stamp;
    }

    /// From NAL units, at least one, which are concatenated; their start codes need not be searched again.
    static AccessUnit of(List<NalUnit> nalUnits, boolean idr, long ptsTicks90k, Optional<FrameStamp> stamp) {
        byte[] annexB = NalUnit.join(nalUnits);
        return new AccessUnit(
                nalUnits.getFirst().codec(), annexB, NalUnit.viewsOn(annexB, nalUnits), idr, ptsTicks90k, stamp);
    }

    /// The bytes as a read-only view, from the first start code to the end of the last NAL unit.
    public ByteBuffer annexB() {
        return ByteBuffer.wrap(annexB).asReadOnlyBuffer();
    }

    /// The NAL units in order, as views without start codes; unmodifiable.
    public List<NalUnit> nalUnits() {
        return nalUnits == null ? Collections.unmodifiableList(NalUnit.split(codec, annexB)) : nalUnits;
    }

    /// The same frame with this identity written into it as an SEI in front of the first slice; one that it
    /// carries already is replaced. Throws [IllegalArgumentException] for a session that is neither a ULID nor
    /// `local-` with one behind it.
    public AccessUnit withStamp(FrameStamp stamp) {
        return of(FrameStampSei.insert(codec, nalUnits(), stamp), idr, ptsTicks90k, Optional.of(stamp));
    }

    /// The same frame at another time; the bytes are shared.
    public AccessUnit withPtsTicks90k(long ptsTicks90k) {
        return new AccessUnit(codec, annexB, nalUnits, idr, ptsTicks90k, stamp);
    }

    /// Bytes of all NAL units, start codes included.
    public int sizeBytes() {
        return annexB.length;
    }

    public VideoCodec codec() {
        return codec;
    }

    /// Whether decoding can start here: IDR frames, of H.265 also CRA and BLA frames.
    public boolean isIdr() {
        return idr;
    }

    /// Whether it refers to frames in front of the IDR frame before it, so that it cannot be decoded by those who
    /// started there (RASL frames of H.265, shown before that IDR frame).
    public boolean refersBehindIdr() {
        if (codec == VideoCodec.H264) {
            return false;
        }
        for (NalUnit nal : nalUnits()) {
            if (nal.isSlice()) {
                return codec.syntax().refersBehindIdr(nal.header());
            }
        }
        return false;
    }

    public long ptsTicks90k() {
        return ptsTicks90k;
    }

    public Optional<FrameStamp> stamp() {
        return stamp;
    }

    @Override
    public String toString() {
        return "AccessUnit[" + annexB.length + " bytes, idr=" + idr + ", pts=" + ptsTicks90k + ", stamp=" + stamp + "]";
    }
}
