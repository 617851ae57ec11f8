package dev.aerie.ingest.mp4;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.InitSegment;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.MovieFragment;
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
        var out = new BoxWriter(MovieFragment.HEAD_BYTES + sampleBytes);
        var sample = new MovieFragment.Sample((int) time.durationTicks(), sampleBytes, unit.isIdr(), (int)
                (time.presentationTicks() - time.decodeTicks()));
        MovieFragment.writeHead(out, List.of(sample), time.decodeTicks(), sequenceNumber);
        writeSample(out, nals);
        return out.finish();
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
