package dev.aerie.video.mp4;

import java.util.List;

/// The `stbl` box: positions of a track's samples in the file, and their times.
///
/// Contiguous samples form one chunk.
public record SampleTable(List<Sample> samples, long durationTicks) {

    /// Of a file whose samples are in fragments.
    public static final SampleTable NONE = new SampleTable(List.of(), 0);

    /// One frame, in decoding order.
    ///
    /// - `decodeTicks`: from the start of the track, rising
    /// - `compositionTicks`: presentation time less decode time; negative where frames are reordered
    /// - `offset`: of its first byte in the file
    public record Sample(long decodeTicks, int compositionTicks, long offset, int sizeBytes, boolean sync) {
        long end() {
            return offset + sizeBytes;
        }
    }

    /// - `durationTicks`: of the whole track, more than the last sample's decode time
    public SampleTable {
        samples = List.copyOf(samples);
        if (!samples.isEmpty() && durationTicks <= samples.getLast().decodeTicks()) {
            throw new IllegalArgumentException("the last sample lasts too, duration was " + durationTicks);
        }
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    void write(BoxWriter stbl) {
        stbl.fullBox("stts", 0, 0, this::decodeTimes);
        if (samples.stream().anyMatch(sample -> sample.compositionTicks() != 0)) {
            stbl.fullBox("ctts", 1, 0, this::compositionTimes);
        }
        if (!samples.isEmpty()) {
            stbl.fullBox("stss", 0, 0, this::syncSamples);
        }
        stbl.fullBox("stsc", 0, 0, this::samplesPerChunk);
        stbl.fullBox("stsz", 0, 0, this::sizes);
        stbl.fullBox("co64", 0, 0, this::chunkOffsets);
    }

    private void decodeTimes(BoxWriter stts) {
        var runs = new Runs(stts);
        for (int i = 0; i < samples.size(); i++) {
            long next = i + 1 < samples.size() ? samples.get(i + 1).decodeTicks() : durationTicks;
            runs.add((int) (next - samples.get(i).decodeTicks()));
        }
        runs.finish();
    }

    private void compositionTimes(BoxWriter ctts) {
        var runs = new Runs(ctts);
        samples.forEach(sample -> runs.add(sample.compositionTicks()));
        runs.finish();
    }

    private void syncSamples(BoxWriter stss) {
        stss.u32((int) samples.stream().filter(Sample::sync).count());
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).sync()) {
                stss.u32(i + 1);
            }
        }
    }

    private void samplesPerChunk(BoxWriter stsc) {
        int count = stsc.length();
        stsc.u32(0);
        int entries = 0;
        int chunk = 0;
        int before = 0;
        for (int first = 0; first < samples.size(); ) {
            int end = endOfChunk(first);
            chunk++;
            if (end - first != before) {
                before = end - first;
                entries++;
                stsc.u32(chunk).u32(before).u32(1);
            }
            first = end;
        }
        stsc.patch32(count, entries);
    }

    private void sizes(BoxWriter stsz) {
        stsz.u32(0).u32(samples.size());
        samples.forEach(sample -> stsz.u32(sample.sizeBytes()));
    }

    private void chunkOffsets(BoxWriter co64) {
        int count = co64.length();
        co64.u32(0);
        int chunks = 0;
        for (int first = 0; first < samples.size(); first = endOfChunk(first)) {
            co64.u64(samples.get(first).offset());
            chunks++;
        }
        co64.patch32(count, chunks);
    }

    private int endOfChunk(int first) {
        int end = first + 1;
        while (end < samples.size()
                && samples.get(end - 1).end() == samples.get(end).offset()) {
            end++;
        }
        return end;
    }

    /// Equal values one after the other, written as count and value.
    private static final class Runs {

        private final BoxWriter out;
        private final int at;
        private int entries;
        private int value;
        private int count;

        Runs(BoxWriter out) {
            this.out = out;
            this.at = out.length();
            out.u32(0);
        }

        void add(int next) {
            if (count > 0 && next != value) {
                end();
            }
            value = next;
            count++;
        }

        void finish() {
            if (count > 0) {
                end();
            }
            out.patch32(at, entries);
        }

        private void end() {
            out.u32(count).u32(value);
            entries++;
            count = 0;
        }
    }
}
