package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.digest.Sha256;
import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.Playback;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Holds files and index against each other, frame by frame.
final class ArchiveProof {

    private final TestArchive archive;

    ArchiveProof(TestArchive archive) {
        this.archive = archive;
    }

    /// The frame numbers of a recording, after every frame of every segment was decoded and found to be the one that
    /// the index says: by the number burnt into it, by its identity, by its capture time, at its place in the file.
    List<Long> numbers(String stream, String session) throws IOException {
        var numbers = new ArrayList<Long>();
        for (Segment segment : archive.segments(stream, session)) {
            numbers.addAll(numbers(segment));
        }
        assertThat(numbers).doesNotHaveDuplicates().isSorted();
        return numbers;
    }

    private List<Long> numbers(Segment segment) throws IOException {
        Path file = archive.root.resolve(segment.path());
        var index = archive.segments().frames(segment.id()).orElseThrow();
        var seen = Playback.of(segment.stream(), file);
        assertThat(seen).as(segment.path()).hasSameSizeAs(index.frames());
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        for (int i = 0; i < seen.size(); i++) {
            requireSame(index.frames().get(i), seen.get(i), segment, bytes);
        }
        assertThat(Files.size(file)).isEqualTo(segment.bytes());
        assertThat(Sha256.of(file).hex()).isEqualTo(segment.sha256());
        var own = index.own().stream().map(FrameEntry::frameNumber).toList();
        assertThat(List.of(segment.firstFrame(), segment.lastFrame(), segment.frames()))
                .isEqualTo(List.of(own.getFirst(), own.getLast(), (long) own.size()));
        return own;
    }

    private static void requireSame(FrameEntry entry, Playback.Seen seen, Segment segment, ByteBuffer file) {
        assertThat(seen)
                .isEqualTo(new Playback.Seen(
                        entry.frameNumber(), segment.session(), entry.frameNumber(), entry.captureTimeNanos()));
        var codec = segment.codec().startsWith("hvc1.") ? VideoCodec.H265 : VideoCodec.H264;
        var sample = SampleBytes.unit(segment.stream(), codec, file, (int) entry.offset(), entry.sizeBytes())
                .orElseThrow();
        assertThat(sample.stamp().orElseThrow().id().frameNumber()).isEqualTo(entry.frameNumber());
        assertThat(sample.isIdr()).isEqualTo(entry.keyframe());
    }
}
