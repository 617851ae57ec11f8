package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.errorprone.annotations.MustBeClosed;

/// Options common to all sessions.
final class SessionSetup {

    private static final String WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path";
    private static final String SPINNING = "session.intra_op.allow_spinning";

    private SessionSetup() {}

    /// - `threads`: of one run on the CPU; 0 for all cores
    @MustBeClosed
    static SessionOptions options(Graph graph, int threads) throws OrtException {
        var options = new SessionOptions();
        if (OnnxRuntime.isPoolOf(threads)) {
            options.disablePerSessionThreads();
        } else {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Spinning threads would take the cores of the decoders.
            options.addConfigEntry(SPINNING, "0");
        }
        if (graph.weights().isPresent()) {
            options.addConfigEntry(WEIGHTS_FOLDER, graph.weights().get().toString());
        }
        return options;
    }
}
