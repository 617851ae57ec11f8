package dev.aerie.ingest.mp4;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.InitSegment;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.VideoTrack;
import java.nio.ByteBuffer;
import java.util.List;

/// Writes one stream as fragmented MP4, one fragment per access unit, for Media Source Extensions.
///
/// Used by one thread at a time. Samples hold NAL units behind four-byte lengths, without parameter sets and
/// delimiters, which the sample entries `avc1` and `hvc1` keep out of samples (ISO/IEC 14496-15, 5.4.2 and 8.4.1).
public final class Fmp4Muxer {

    /// Ticks per second in every time of this class.
    public static final int TIMESCALE = MovieBox.TIMESCALE;

    private static final int HEADER_BYTES = 128;
    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
    private static final int OFFSET_DURATION_SIZE_FLAGS_COMPOSITION = 0x0f01;
    private static final int SAMPLE_IS_SYNC = 0x0200_0000;
    private static final int SAMPLE_DEPENDS_ON_OTHERS = 0x0101_0000;

    private final SampleClock clock;
    private int sequenceNumber;

    /// For fragments that are written as soon as their frame is there.
    public Fmp4Muxer() {
        this(0);
    }

    /// - `maxStepTicks`: longest time between two frames that is kept; for those who write a frame by [#write] when the
    ///   next one is known
    public Fmp4Muxer(long maxStepTicks) {
        this.clock = new SampleClock(maxStepTicks);
    }

    /// One media segment and its frame's position on the track.
    public record Fragment(ByteBuffer bytes, SampleTime time) {}

    /// The initialization segment that a player needs before fragments of `track`, and again when the track changes.
    public ByteBuffer initSegment(VideoTrack track) {
        return InitSegment.of(track);
    }

    /// The next access unit in decoding order as `moof` and `mdat`.
    public Fragment fragment(AccessUnit unit) {
        var time = timeOf(unit);
        return new Fragment(write(unit, time, ++sequenceNumber), time);
    }

    /// Where the next access unit in decoding order stands, for those who write it later.
    public SampleTime timeOf(AccessUnit unit) {
        return clock.next(unit.ptsTicks90k(), unit.isIdr());
    }

    /// One access unit as `moof` and `mdat`.
    ///
    /// - `sequenceNumber`: rises with every fragment of a track
    public static ByteBuffer write(AccessUnit unit, SampleTime time, int sequenceNumber) {
        var nals = unit.nalUnits().stream().filter(Fmp4Muxer::belongsInSample).toList();
        int sampleBytes = nals.stream().mapToInt(nal -> 4 + nal.sizeBytes()).sum();
        var out = new BoxWriter(HEADER_BYTES + sampleBytes);
        out.box("moof", moof -> {
            moof.fullBox("mfhd", 0, 0, box -> box.u32(sequenceNumber));
            moof.box("traf", traf -> trackFragment(traf, time, sampleBytes, unit.isIdr()));
        });
        out.box("mdat", mdat -> writeSample(mdat, nals));
        return out.finish();
    }

    private static void trackFragment(BoxWriter traf, SampleTime time, int sampleBytes, boolean idr) {
        traf.fullBox("tfhd", 0, DEFAULT_BASE_IS_MOOF, box -> box.u32(MovieBox.TRACK_ID));
        traf.fullBox("tfdt", 1, 0, box -> box.u64(time.decodeTicks()));
        traf.fullBox("trun", 1, OFFSET_DURATION_SIZE_FLAGS_COMPOSITION, box -> {
            box.u32(1);
            int mdatContent = box.length() + 5 * Integer.BYTES + 2 * Integer.BYTES;
            box.u32(mdatContent).u32((int) time.durationTicks()).u32(sampleBytes);
            box.u32(idr ? SAMPLE_IS_SYNC : SAMPLE_DEPENDS_ON_OTHERS);
            box.u32((int) (time.presentationTicks() - time.decodeTicks()));
        });
    }

    private static void writeSample(BoxWriter mdat, List<NalUnit> nals) {
        for (NalUnit nal : nals) {
            mdat.u32(nal.sizeBytes()).put(nal.bytes());
        }
    }

    private static boolean belongsInSample(NalUnit nal) {
        return switch (nal.kind()) {
            case VPS, SPS, PPS, DELIMITER, FILLER -> false;
            default -> true;
        };
    }
}
