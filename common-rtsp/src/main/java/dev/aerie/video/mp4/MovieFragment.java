package dev.aerie.video.mp4;

import java.util.List;

/// Writes the head of a fragment of one track: its `moof`, and the header of the `mdat` in which its samples follow
/// (ISO/IEC 14496-12, section 8.8).
public final class MovieFragment {

    /// Enough for all of a head but its samples.
    public static final int HEAD_BYTES = 128;

    public static final int HEAD_BYTES_PER_SAMPLE = 16;

    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
    private static final int OFFSET_DURATION_SIZE_FLAGS_COMPOSITION = 0x0f01;
    private static final int SAMPLE_IS_SYNC = 0x0200_0000;
    private static final int SAMPLE_DEPENDS_ON_OTHERS = 0x0101_0000;
    private static final int BOX_HEADER_BYTES = 8;

    private MovieFragment() {}

    /// One frame, in ticks of 90 kHz.
    ///
    /// - `compositionTicks`: its presentation time minus its decoding time
    public record Sample(int durationTicks, int sizeBytes, boolean isIdr, int compositionTicks) {}

    /// - `out`: empty, or at the end of another fragment
    /// - `samples`: in decoding order, at least one; their bytes are to follow
    /// - `decodeTicks`: decoding time of the first
    /// - `sequenceNumber`: rises from fragment to fragment of a file or stream
    public static void writeHead(BoxWriter out, List<Sample> samples, long decodeTicks, int sequenceNumber) {
        int begin = out.length();
        out.box("moof", moof -> {
            moof.fullBox("mfhd", 0, 0, box -> box.u32(sequenceNumber));
            moof.box("traf", traf -> {
                traf.fullBox("tfhd", 0, DEFAULT_BASE_IS_MOOF, box -> box.u32(MovieBox.TRACK_ID));
                traf.fullBox("tfdt", 1, 0, box -> box.u64(decodeTicks));
                traf.fullBox("trun", 1, OFFSET_DURATION_SIZE_FLAGS_COMPOSITION, box -> writeRun(box, samples, begin));
            });
        });
        int content = samples.stream().mapToInt(Sample::sizeBytes).reduce(0, Math::addExact);
        out.u32(Math.addExact(BOX_HEADER_BYTES, content)).letters("mdat");
    }

    /// - `begin`: where the fragment begins in `box`
    private static void writeRun(BoxWriter box, List<Sample> samples, int begin) {
        box.u32(samples.size());
        int rest = Integer.BYTES + HEAD_BYTES_PER_SAMPLE * samples.size() + BOX_HEADER_BYTES;
        box.u32(box.length() - begin + rest); // from moof to the first sample
        for (Sample sample : samples) {
            box.u32(sample.durationTicks())
                    .u32(sample.sizeBytes())
                    .u32(sample.isIdr() ? SAMPLE_IS_SYNC : SAMPLE_DEPENDS_ON_OTHERS)
                    .u32(sample.compositionTicks());
        }
    }
}
