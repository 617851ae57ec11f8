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

/// Propagates the masks of prompted objects through the frames of one session of one stream.
///
/// It tracks prompted objects only: its owner decides which objects to start, when one is lost, and which prompts are
/// allowed. One frame is processed as
///
/// 1. [#process]: every object's mask in the new frame;
/// 2. any number of [#prompt] on that frame, or on one up to [Factory#open]'s `bufferedFrames` earlier;
/// 3. any number of [#unlearn] and [#remove].
///
/// Memory has a bound that the number of objects alone sets, never the number of frames. Deterministic.
/// Used by one thread; owns native memory until [#close]. After an exception it is usable: the frame counts
/// as skipped.
public interface MaskTracker extends AutoCloseable {

    /// Every object's mask in `frame`, by identity, in ascending order, objects that are not visible included.
    ///
    /// - `frame`: of the size and session this was opened for, later than the one before; lent for the
    ///   call. Frames may be skipped between two calls, see the frame numbers.
    /// - throws [ModelException] if a model fails
    List<ObjectMask> process(VideoFrame frame) throws ModelException;

    /// Starts or corrects objects; their masks in `frame`, by identity, in ascending order.
    ///
    /// - `frame`: the frame that the prompts refer to: the one last given to [#process], or an earlier
    ///   one; lent for the call. A tracker that has not processed it (nothing was tracked then) takes it as
    ///   new.
    /// - `prompts`: all within the frame; the prompts of one object count together. Earlier prompts of
    ///   that object in the same frame remain valid.
    /// - throws [IllegalArgumentException] for a prompt it cannot use: only negative clicks for a new
    ///   object, a mask of another size, a mask together with other prompts of its object. Nothing is changed then.
    /// - throws [ModelException] if a model fails
    List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) throws ModelException;

    /// Forgets what was learnt of an object from the frame that was processed last: its mask shows something else
    /// there. Does nothing where the object is not tracked.
    void unlearn(long object);

    /// Removes an object and its memory; whether it was tracked.
    boolean remove(long object);

    /// The identities that are tracked.
    Set<Long> objects();

    /// The memory that these objects use now.
    MemoryUse memory();

    /// Writes the state that another replica needs to continue, in its own format, which begins with the format's
    /// name.
    void save(DataOutput out) throws IOException;

    /// Continues from the state that [#save] wrote on a tracker of the same kind, model and frame size; replaces
    /// everything.
    ///
    /// Throws [IOException] where it was written by another kind, model or size, or is damaged: nothing is tracked
    /// then.
    void restore(DataInput in) throws IOException;

    /// Frees native memory; whoever opened it calls this once.
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
        /// - `maxObjects`: most objects at a time, at least 1; [#prompt] rejects one more as it rejects
        ///   invalid prompts
        /// - `bufferedFrames`: by how many processed frames a prompt may be late, at least 1
        MaskTracker open(FrameSize size, int maxObjects, int bufferedFrames) throws ModelException;

        /// The tracker's name, as in messages' `tracker`: `sam2`, `bilateral`.
        String name();

        /// The model's name, as in messages' `producer.model`: `edgetam`, `bilateral`.
        String model();

        /// Whether the coarse mask of a detector starts an object better than its box does.
        default boolean takesCoarseMasks() {
            return false;
        }

        /// Counts of the runs of its networks, each by name; empty where it has no networks.
        default List<ModelStatistics> statistics() {
            return List.of();
        }

        @Override
        void close();
    }
}
