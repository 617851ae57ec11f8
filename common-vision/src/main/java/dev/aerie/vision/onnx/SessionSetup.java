package dev.aerie.vision.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.errorprone.annotations.MustBeClosed;

/// How every session is set up, whatever it runs on.
final class SessionSetup {

    private static final String WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path";
    private static final String SPINNING = "session.intra_op.allow_spinning";

    private SessionSetup() {}

    /// - `threads`: of one run on the processor; 0 for all cores
    @MustBeClosed
    static SessionOptions options(Graph graph, int threads) throws OrtException {
        var options = new SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Threads that spin while they wait would take the cores of the decoders beside them.
        options.addConfigEntry(SPINNING, "0");
        if (graph.weights().isPresent()) {
            options.addConfigEntry(WEIGHTS_FOLDER, graph.weights().get().toString());
        }
        return options;
    }
}
