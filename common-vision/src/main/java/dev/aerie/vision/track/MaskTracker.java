package dev.aerie.vision.track;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Carries the masks of prompted objects from frame to frame of one session of one stream.
///
/// It follows what it was told to follow and nothing else: which objects to begin, when one counts as lost,
/// and what a person may ask for is decided by whoever owns it. One frame is worked on as
///
/// 1. [#process]: every object's mask in the new frame;
/// 2. any number of [#prompt] on that frame, or on one up to [Factory#open]'s `bufferedFrames` earlier;
/// 3. any number of [#remove].
///
/// Memory has a bound that the number of objects alone sets, never the number of frames. Deterministic.
/// Used by one thread; owns native memory until [#close]. An exception leaves it usable: the frame counts
/// as left out.
public interface MaskTracker extends AutoCloseable {

    /// Every object's mask in `frame`, by identity, in ascending order; objects that are not seen are there
    /// as well.
    ///
    /// - `frame`: of the size and session this was opened for, later than the one before; lent for the
    ///   call. Some frames may be left out between two calls, see the frame numbers.
    /// - throws [ModelException] if a model fails
    List<ObjectMask> process(VideoFrame frame) throws ModelException;

    /// Begins or corrects objects; their masks in `frame`, by identity, in ascending order.
    ///
    /// - `frame`: the frame that the prompts speak of: the one last given to [#process], or an earlier
    ///   one; lent for the call. A tracker that has not seen it yet (nothing was followed then) takes it as
    ///   new.
    /// - `prompts`: all within the frame; the prompts of one object count together. What was said of that
    ///   object in the same frame before stays in force.
    /// - throws [IllegalArgumentException] for a prompt it cannot use: only negative clicks for a new
    ///   object, a mask of another size, a mask beside other prompts of its object. Nothing is changed then.
    /// - throws [ModelException] if a model fails
    List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) throws ModelException;

    /// Forgets an object and all that is kept of it; whether it was followed.
    boolean remove(long object);

    /// The identities that are followed.
    Set<Long> objects();

    /// What is kept for these objects now.
    MemoryUse memory();

    /// Writes all that is needed to go on elsewhere, in a form of its own that begins with what wrote it.
    void save(DataOutput out) throws IOException;

    /// Goes on from what [#save] wrote on a tracker of the same kind, model and frame size; replaces
    /// everything.
    ///
    /// Throws [IOException] where it was written by another kind, model or size, or is damaged: nothing is
    /// followed then.
    void restore(DataInput in) throws IOException;

    /// Ends it, gives native memory back; whoever opened it calls this once.
    @Override
    void close();

    /// Bytes kept for the objects of one stream.
    ///
    /// - `heapBytes`: in Java arrays and buffers
    /// - `nativeBytes`: on the device or in native libraries
    record MemoryUse(long heapBytes, long nativeBytes) {

        public static final MemoryUse NONE = new MemoryUse(0, 0);

        public MemoryUse plus(MemoryUse other) {
            return new MemoryUse(heapBytes + other.heapBytes, nativeBytes + other.nativeBytes);
        }
    }

    /// Makes trackers and owns the models that they share; safe for several threads. Close it after the
    /// last of them.
    interface Factory extends AutoCloseable {

        /// A tracker for the frames of one session; whoever opens it closes it.
        ///
        /// - `size`: of every frame
        /// - `maxObjects`: most objects at a time, at least 1; [#prompt] refuses one more as it refuses
        ///   what it cannot use
        /// - `bufferedFrames`: by how many frames, those worked on counted, a prompt may be late, at
        ///   least 1
        MaskTracker open(FrameSize size, int maxObjects, int bufferedFrames) throws ModelException;

        /// What carries the masks, as messages name it in `tracker`: `sam2`, `bilateral`.
        String name();

        /// Which model does, as messages name it in `producer.model`: `edgetam`, `bilateral`.
        String model();

        /// What has become of the runs of its networks, each by name; none where it has no networks.
        default List<ModelStatistics> statistics() {
            return List.of();
        }

        @Override
        void close();
    }
}
