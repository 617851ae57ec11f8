package dev.aerie.storage.segment;

import dev.aerie.video.NalUnit;
import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.MovieFragment;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Some frames as one `moof` and `mdat` (ISO/IEC 14496-12, section 8.8); it can be written repeatedly until it
/// succeeds.
///
/// Samples consist of NAL units behind four-byte lengths, without delimiters, filler and the parameter sets of the
/// file's head: `avc1` and `hvc1` do not allow those in samples (ISO/IEC 14496-15, 5.4.2 and 8.4.1).
final class Fragment {

    private final List<Sample> samples;
    private final ByteBuffer head;

    /// One frame of the fragment.
    ///
    /// - `offset`: of its first byte, from the start of the fragment
    record Sample(
            SegmentCutter.Frame frame,
            SegmentTimeline.SampleTime time,
            List<NalUnit> nals,
            int sizeBytes,
            int offset) {}

    private Fragment(List<Sample> samples, ByteBuffer head) {
        this.samples = samples;
        this.head = head;
    }

    /// - `sequenceNumber`: from 1, increasing
    static Fragment of(
            List<SegmentCutter.Frame> frames,
            List<SegmentTimeline.SampleTime> times,
            VideoTrack track,
            int sequenceNumber) {
        var samples = new ArrayList<Sample>(frames.size());
        for (int i = 0; i < frames.size(); i++) {
            var nals = frames.get(i).unit().nalUnits().stream()
                    .filter(nal -> !track.leavesOut(nal))
                    .toList();
            int size = nals.stream()
                    .mapToInt(nal -> Integer.BYTES + nal.sizeBytes())
                    .sum();
            samples.add(new Sample(frames.get(i), times.get(i), nals, size, 0));
        }
        var head = head(samples, sequenceNumber);
        return new Fragment(withOffsets(samples, head.remaining()), head);
    }

    List<Sample> samples() {
        return samples;
    }

    /// Writes the whole fragment.
    void writeTo(FileOutput out) throws IOException {
        out.write(head.duplicate());
        for (Sample sample : samples) {
            for (NalUnit nal : sample.nals()) {
                out.writeInt(nal.sizeBytes());
                out.write(nal.bytes());
            }
        }
    }

    private static List<Sample> withOffsets(List<Sample> samples, int headBytes) {
        var placed = new ArrayList<Sample>(samples.size());
        int offset = headBytes;
        for (Sample sample : samples) {
            placed.add(new Sample(sample.frame(), sample.time(), sample.nals(), sample.sizeBytes(), offset));
            offset = Math.addExact(offset, sample.sizeBytes());
        }
        return List.copyOf(placed);
    }

    private static ByteBuffer head(List<Sample> samples, int sequenceNumber) {
        var out = new BoxWriter(MovieFragment.HEAD_BYTES + MovieFragment.HEAD_BYTES_PER_SAMPLE * samples.size());
        var entries = samples.stream()
                .map(sample -> new MovieFragment.Sample(
                        sample.time().durationTicks(),
                        sample.sizeBytes(),
                        sample.frame().unit().isIdr(),
                        sample.time().compositionTicks()))
                .toList();
        MovieFragment.writeHead(out, entries, samples.getFirst().time().decodeTicks(), sequenceNumber);
        return out.finish();
    }
}
