package dev.aerie.ingest.hls;

import dev.aerie.ingest.mp4.Fmp4Muxer;
import dev.aerie.ingest.mp4.SampleTime;
import dev.aerie.video.AccessUnit;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// A partial segment: the smallest thing that a player asks for. It is written when it is asked for, so that the thread
/// that publishes frames only counts them.
///
/// - `samples`: access units in decoding order with their places on the track, at least one
/// - `seconds`: from its first sample to the first one of the next part
/// - `isIndependent`: whether a decoder may begin here
record HlsPart(List<Sample> samples, double seconds, boolean isIndependent) {

    /// - `sequenceNumber`: of its fragment in the stream
    record Sample(AccessUnit unit, SampleTime time, int sequenceNumber) {

        Sample until(long nextDecodeTicks) {
            return new Sample(unit, time.until(nextDecodeTicks), sequenceNumber);
        }
    }

    HlsPart {
        samples = List.copyOf(samples);
    }

    /// `moof` and `mdat` of each access unit.
    void writeTo(ByteArrayOutputStream out) {
        for (Sample sample : samples) {
            ByteBuffer fragment = Fmp4Muxer.write(sample.unit, sample.time, sample.sequenceNumber);
            out.write(fragment.array(), fragment.arrayOffset() + fragment.position(), fragment.remaining());
        }
    }

    long sizeBytes() {
        return samples.stream().mapToLong(sample -> sample.unit.sizeBytes()).sum();
    }
}
