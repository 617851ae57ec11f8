package dev.aerie.storage.segment;

import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.SampleTable;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/// Builds the boxes at the head and the end of a segment file; [SegmentWriter] shows the layout.
final class SegmentLayout {

    /// Position of `free`, and later of `mdat`: right behind `ftyp`.
    static final int SEAL_OFFSET = 32;

    /// Size of a box header with a 64-bit size.
    static final int SEAL_BYTES = 16;

    private static final int EXPECTED_HEAD_BYTES = 1_024;
    private static final int MOVIE_BYTES = 1_024;
    private static final int MOVIE_BYTES_PER_SAMPLE = 24;
    private static final int LARGE_SIZE = 1;
    private static final int MINOR_VERSION = 512;

    private SegmentLayout() {}

    /// `ftyp`, `free` and a `moov` without samples.
    static ByteBuffer head(VideoTrack track) {
        var out = new BoxWriter(EXPECTED_HEAD_BYTES);
        out.box(
                "ftyp",
                box -> box.letters("isom")
                        .u32(MINOR_VERSION)
                        .letters("isom")
                        .letters("iso6")
                        .letters(track.videoCodec().sampleEntry())
                        .letters("mp41"));
        out.box("free", box -> box.zeros(SEAL_BYTES - 2 * Integer.BYTES));
        MovieBox.writeFragmented(out, track);
        return out.finish();
    }

    /// A `moov` with every sample.
    ///
    /// - `lastDurationTicks`: duration of the last sample
    static ByteBuffer complete(VideoTrack track, List<FrameEntry> frames, long lastDurationTicks) {
        var samples = frames.stream()
                .map(frame -> new SampleTable.Sample(
                        frame.decodeTicks(),
                        frame.compositionTicks(),
                        frame.offset(),
                        frame.sizeBytes(),
                        frame.keyframe()))
                .toList();
        long duration = frames.getLast().decodeTicks() + Math.max(1, lastDurationTicks);
        var out = new BoxWriter(MOVIE_BYTES + MOVIE_BYTES_PER_SAMPLE * samples.size());
        MovieBox.writeComplete(out, track, new SampleTable(samples, duration));
        return out.finish();
    }

    /// Replaces `free` by the header of an `mdat` up to `end`, where the second `moov` begins.
    static void seal(FileChannel channel, long end) throws IOException {
        var header = new BoxWriter(SEAL_BYTES)
                .u32(LARGE_SIZE)
                .letters("mdat")
                .u64(end - SEAL_OFFSET)
                .finish();
        for (long at = SEAL_OFFSET; header.hasRemaining(); ) {
            at += channel.write(header, at);
        }
    }
}
