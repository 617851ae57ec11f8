package dev.aerie.storage.clip;

import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.SampleTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/// A clip as an MP4 file with its index in front. No such file exists on a disk: the head is computed from the plan,
/// and the frames are read from the segments on demand.
///
/// ```
/// ftyp · moov (sample tables, edit list) · mdat (samples in decoding order)
/// ```
final class Mp4Clip {

    private static final int LARGE_BOX_HEADER_BYTES = 16;
    private static final int HEAD_BYTES_PER_SAMPLE = 32;
    private static final int HEAD_BYTES = 1_024;

    private Mp4Clip() {}

    static RandomAccessSource of(ClipPlan plan) {
        int headBytes = head(plan, 0).remaining(); // the offsets in it do not change its size
        var extents = new Extents.Builder(head(plan, headBytes));
        for (Sample sample : plan.samples()) {
            extents.add(sample.prefix());
            switch (sample.source()) {
                case Sample.Source.InMemory memory -> extents.add(memory.bytes());
                case Sample.Source.InFile stored -> extents.add(stored.file(), stored.offset(), stored.sizeBytes());
            }
        }
        return extents.build(plan.digest());
    }

    private static ByteBuffer head(ClipPlan plan, long headBytes) {
        var entries = new ArrayList<SampleTable.Sample>(plan.samples().size());
        long offset = headBytes;
        for (Sample sample : plan.samples()) {
            entries.add(new SampleTable.Sample(
                    sample.decodeTicks(), sample.compositionTicks(), offset, sample.sizeBytes(), sample.keyframe()));
            offset += sample.sizeBytes();
        }
        long mediaBytes = offset - headBytes;
        var out = new BoxWriter(HEAD_BYTES + entries.size() * HEAD_BYTES_PER_SAMPLE);
        out.box(
                "ftyp",
                box -> box.letters("isom")
                        .u32(0x200)
                        .letters("isom")
                        .letters("iso2")
                        .letters(plan.track().videoCodec().sampleEntry())
                        .letters("mp41"));
        MovieBox.writeEdited(
                out,
                plan.track(),
                new SampleTable(entries, plan.durationTicks()),
                new MovieBox.Edit(plan.shownFromTicks(), plan.shownTicks()));
        out.u32(1).letters("mdat").u64(LARGE_BOX_HEADER_BYTES + mediaBytes);
        return out.finish();
    }
}
