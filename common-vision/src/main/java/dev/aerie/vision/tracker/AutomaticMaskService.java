package dev.aerie.vision.tracker;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.AutomaticMask;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Segments whole frames where a model for it is installed: one frame at a time, because it takes long. Safe for
/// several threads; owns the generator until [#close].
public final class AutomaticMaskService implements AutoCloseable {

    private final Optional<Generator> generator;
    private final Runnable onClose;
    private final String unavailableReason;
    private final ReentrantLock lock = new ReentrantLock(true);

    /// Segments everything in a frame, which is lent; best mask first.
    @FunctionalInterface
    public interface Generator {
        List<AutomaticMask> generate(VideoFrame frame) throws ModelException;
    }

    private AutomaticMaskService(Optional<Generator> generator, Runnable onClose, String whyMissing) {
        this.generator = generator;
        this.onClose = onClose;
        this.unavailableReason = whyMissing;
    }

    /// - `onClose`: closes `generator`
    public static AutomaticMaskService with(Generator generator, Runnable onClose) {
        return new AutomaticMaskService(Optional.of(generator), onClose, "");
    }

    /// Without a model; `reason` in one line.
    public static AutomaticMaskService without(String reason) {
        return new AutomaticMaskService(Optional.empty(), () -> {}, reason);
    }

    /// Why frames cannot be segmented; empty where they can.
    public Optional<String> unavailableReason() {
        return generator.isPresent() ? Optional.empty() : Optional.of(unavailableReason);
    }

    /// The masks in `frame`, which is lent; empty while another frame is being segmented.
    ///
    /// - throws [ModelException] where there is no model, or it fails
    public Optional<List<AutomaticMask>> segment(VideoFrame frame) throws ModelException {
        var model = model();
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(model.generate(frame));
        } finally {
            lock.unlock();
        }
    }

    /// The masks in `frame`, which is lent, best first; waits while another frame is being segmented.
    ///
    /// - throws [ModelException] where there is no model, or it fails
    public List<AutomaticMask> segmentInTurn(VideoFrame frame) throws ModelException {
        var model = model();
        lock.lock();
        try {
            return model.generate(frame);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the frame that is being segmented.
    @Override
    public void close() {
        lock.lock();
        try {
            onClose.run();
        } finally {
            lock.unlock();
        }
    }

    private Generator model() throws ModelException {
        return generator.orElseThrow(() -> new ModelException(unavailableReason));
    }
}
