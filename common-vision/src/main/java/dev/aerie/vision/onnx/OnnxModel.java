package dev.aerie.vision.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.aerie.vision.models.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One neural network, loaded once and run by any number of threads at a time.
///
/// Owns native memory until [#close]; whoever opened it closes it after the last run.
public final class OnnxModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";
    private static final String WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path";

    private final String name;
    private final Sha256 digest;
    private final ExecutionProvider provider;
    private final OrtSession session;
    private final Map<String, TensorSpec> inputs;
    private final Map<String, TensorSpec> outputs;

    private OnnxModel(String name, Sha256 digest, ExecutionProvider provider, OrtSession session)
            throws ModelException, OrtException {
        this.name = name;
        this.digest = digest;
        this.provider = provider;
        this.session = session;
        this.inputs = specs(name, session.getInputInfo());
        this.outputs = specs(name, session.getOutputInfo());
    }

    /// Loads a model that holds its own weights; see [#open(Graph, Device, int)].
    public static OnnxModel open(Path file, Device device, int threads) throws ModelException {
        return open(Graph.read(file), device, threads);
    }

    /// Loads `graph`.
    ///
    /// - `threads`: of one run on the processor; 0 leaves the number to ONNX Runtime (all cores)
    /// - throws [ModelException] if it is no readable model of known types, or `device` cannot be had
    public static OnnxModel open(Graph graph, Device device, int threads) throws ModelException {
        try (var options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Threads that spin while they wait would take the cores of the decoders beside them.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (graph.weights().isPresent()) {
                options.addConfigEntry(WEIGHTS_FOLDER, graph.weights().get().toString());
            }
            ExecutionProvider provider = ExecutionProvider.choose(device, options);
            if (provider.device() == Device.CPU) {
                // Its warnings speak of how a graph is written; with a GPU, also of what the processor must do for it.
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            }
            OrtSession session = OnnxRuntime.environment().createSession(graph.bytes(), options);
            return describe(graph, provider, session);
        } catch (OrtException e) {
            throw new ModelException(graph.name() + " is no model that ONNX Runtime can load: " + e.getMessage(), e);
        }
    }

    /// As messages name the model.
    public String name() {
        return name;
    }

    public Sha256 digest() {
        return digest;
    }

    public ExecutionProvider provider() {
        return provider;
    }

    /// What the model's maker wrote beside it; empty where nothing of that name.
    public Optional<String> note(String key) throws ModelException {
        try {
            return session.getMetadata().getCustomMetadataValue(key);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /// Each input by name, in the model's order.
    public Map<String, TensorSpec> inputs() {
        return inputs;
    }

    /// Each output by name, in the model's order.
    public Map<String, TensorSpec> outputs() {
        return outputs;
    }

    /// Runs the model once: reads `in`, writes `out`; both are lent.
    ///
    /// - `in`: every input
    /// - `out`: the outputs that are wanted, at least one; the others are not written
    /// - throws [IllegalArgumentException] if a tensor is missing or not what the model takes
    /// - throws [ModelException] if the run fails
    public void run(Map<String, Tensor> in, Map<String, Tensor> out) throws ModelException {
        Map<String, OnnxTensor> read = matched(in, inputs, INPUT);
        Map<String, OnnxTensor> written = matched(out, outputs, OUTPUT);
        try (var _ = session.run(read, written)) {
            // The results are `written`, which the caller owns.
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /// Runs the model once for the outputs `wanted` alone; `in` is lent, what is returned is the caller's.
    ///
    /// - throws [IllegalArgumentException] if a tensor is missing or not what the model takes
    /// - throws [ModelException] if the run fails
    public Tensors run(Map<String, Tensor> in, Set<String> wanted) throws ModelException {
        Map<String, OnnxTensor> read = matched(in, inputs, INPUT);
        var given = new Tensors();
        try {
            // Not closed: the tensors live on as `given`.
            var result = session.run(read, wanted);
            for (Map.Entry<String, OnnxValue> each : result) {
                given.put(each.getKey(), Tensor.given((OnnxTensor) each.getValue()));
            }
            return given;
        } catch (OrtException e) {
            given.close();
            throw failed(e);
        }
    }

    /// Throws [ModelException] unless the model has an input `input` that takes float32 of shape `in` and an output
    /// that takes `out`.
    public void require(String input, TensorShape in, String output, TensorShape out) throws ModelException {
        requireShape(inputs, INPUT, input, in);
        requireShape(outputs, OUTPUT, output, out);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("model " + name + " cannot be closed", e);
        }
    }

    private ModelException failed(OrtException e) {
        return new ModelException("model " + name + " failed: " + e.getMessage(), e);
    }

    private void requireShape(Map<String, TensorSpec> there, String kind, String node, TensorShape wanted)
            throws ModelException {
        TensorSpec spec = there.get(node);
        if (spec == null || !spec.accepts(new TensorSpec(ElementType.FLOAT32, wanted))) {
            throw new ModelException(
                    "model %s has the %ss %s, expected '%s' of shape %s".formatted(name, kind, there, node, wanted));
        }
    }

    private Map<String, OnnxTensor> matched(Map<String, Tensor> given, Map<String, TensorSpec> wanted, String kind) {
        boolean all = given.keySet().containsAll(wanted.keySet());
        boolean some = !given.isEmpty() && wanted.keySet().containsAll(given.keySet());
        if (!some || (kind.equals(INPUT) && !all)) {
            throw new IllegalArgumentException(
                    "model %s wants the %ss %s, was given %s".formatted(name, kind, wanted.keySet(), given.keySet()));
        }
        var tensors = new LinkedHashMap<String, OnnxTensor>();
        given.forEach((node, tensor) -> {
            TensorSpec spec = wanted.getOrDefault(node, tensor.spec());
            if (!spec.accepts(tensor.spec())) {
                throw new IllegalArgumentException(
                        "model %s wants %s '%s' of %s, was given %s".formatted(name, kind, node, spec, tensor.spec()));
            }
            tensors.put(node, tensor.value());
        });
        return tensors;
    }

    private static OnnxModel describe(Graph graph, ExecutionProvider provider, OrtSession session)
            throws ModelException, OrtException {
        try {
            var model = new OnnxModel(graph.name(), graph.digest(), provider, session);
            LOG.info(
                    "model opened model={} sha256={} device={} cause={}",
                    graph.name(),
                    model.digest(),
                    provider.device(),
                    provider.reason());
            return model;
        } catch (ModelException | OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static Map<String, TensorSpec> specs(String name, Map<String, NodeInfo> nodes) throws ModelException {
        var specs = new LinkedHashMap<String, TensorSpec>();
        for (NodeInfo node : nodes.values()) {
            if (!(node.getInfo() instanceof TensorInfo tensor)
                    || ElementType.of(tensor.type).isEmpty()) {
                throw new ModelException(
                        "model %s: '%s' is %s, which is not supported".formatted(name, node.getName(), node.getInfo()));
            }
            var type = ElementType.of(tensor.type).orElseThrow();
            specs.put(node.getName(), new TensorSpec(type, TensorShape.of(tensor.getShape())));
        }
        return Collections.unmodifiableMap(specs);
    }
}
