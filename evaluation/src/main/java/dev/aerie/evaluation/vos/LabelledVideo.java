package dev.aerie.evaluation.vos;

import dev.aerie.evaluation.detection.TrueObject;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.io.IOException;
import java.util.List;

/// A video whose objects are known. Read in order, by one thread.
public interface LabelledVideo extends AutoCloseable {

    String name();

    /// How many frames it has, at least 3.
    int frames();

    /// The frame with this number, from 0; the caller releases it.
    VideoFrame frame(int number) throws IOException;

    /// The truth of the frame that was read last.
    Truth truth() throws IOException;

    @Override
    void close();

    /// What a frame shows.
    ///
    /// - `objects`: the pixels of everything that is to be found
    /// - `ignored`: pixels that count neither as right nor as wrong
    /// - `named`: what is to be found, with its class, and what need not be; empty where classes are not known
    record Truth(BinaryMask objects, BinaryMask ignored, List<TrueObject> named) {

        public Truth {
            named = List.copyOf(named);
        }
    }
}
