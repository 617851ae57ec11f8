package dev.aerie.evaluation.vos;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// A labelled video in files, as DAVIS 2016 judges it without prompts: the union of its objects. Owns native memory.
public final class DavisVideo implements LabelledVideo {

    private final VosSequence sequence;
    private final ImageFiles files;
    private int last;
    private FrameSize size = new FrameSize(1, 1);

    public DavisVideo(VosSequence sequence) {
        this.sequence = sequence;
        this.files = new ImageFiles(sequence.name(), sequence.frames());
    }

    @Override
    public String name() {
        return sequence.name();
    }

    @Override
    public int frames() {
        return sequence.frames().size();
    }

    @Override
    public VideoFrame frame(int number) throws IOException {
        VideoFrame frame = files.read(number);
        last = number;
        size = frame.size();
        return frame;
    }

    @Override
    public Truth truth() throws IOException {
        return new Truth(union(size, sequence.truth(last).values()), BinaryMask.empty(size), List.of());
    }

    /// The pixels of any of `masks`, which are of frames of `size`.
    static BinaryMask union(FrameSize size, Collection<BinaryMask> masks) {
        return masks.stream().reduce(BinaryMask.empty(size), BinaryMask::unionWith);
    }

    @Override
    public void close() {
        files.close();
    }
}
