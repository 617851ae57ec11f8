package dev.aerie.vision.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.aerie.vision.models.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One neural network, loaded once and run by any number of threads at a time.
///
/// Owns native memory until [#close]; whoever opened it closes it after the last run. Only float32 tensors.
public final class OnnxModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private final String name;
    private final Sha256 digest;
    private final ExecutionProvider provider;
    private final OrtSession session;
    private final Map<String, TensorShape> inputs;
    private final Map<String, TensorShape> outputs;

    private OnnxModel(String name, Sha256 digest, ExecutionProvider provider, OrtSession session)
            throws ModelException, OrtException {
        this.name = name;
        this.digest = digest;
        this.provider = provider;
        this.session = session;
        this.inputs = shapes(name, session.getInputInfo());
        this.outputs = shapes(name, session.getOutputInfo());
    }

    /// Loads `file`.
    ///
    /// - `threads`: of one run on the processor; 0 leaves the number to ONNX Runtime (all cores)
    /// - throws [ModelException] if the file is no readable model of float32, or `device` cannot be had
    public static OnnxModel open(Path file, Device device, int threads) throws ModelException {
        byte[] bytes = read(file);
        String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
        try (var options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Threads that spin while they wait would take the cores of the decoders beside them.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            ExecutionProvider provider = ExecutionProvider.choose(device, options);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(bytes, options);
            return describe(name, Sha256.of(bytes), provider, session);
        } catch (OrtException e) {
            throw new ModelException(
                    file.getFileName() + " is no model that ONNX Runtime can load: " + e.getMessage(), e);
        }
    }

    /// The file's name without its ending, as messages name the model.
    public String name() {
        return name;
    }

    public Sha256 digest() {
        return digest;
    }

    public ExecutionProvider provider() {
        return provider;
    }

    /// Name and shape of each input, in the model's order.
    public Map<String, TensorShape> inputs() {
        return inputs;
    }

    /// Name and shape of each output, in the model's order.
    public Map<String, TensorShape> outputs() {
        return outputs;
    }

    /// Runs the model once: reads `in`, writes `out`; both are lent.
    ///
    /// - throws [IllegalArgumentException] if a tensor is missing or of a shape that the model does not take
    /// - throws [ModelException] if the run fails
    public void run(Map<String, FloatTensor> in, Map<String, FloatTensor> out) throws ModelException {
        Map<String, OnnxTensor> read = matched(in, inputs, "input");
        Map<String, OnnxTensor> written = matched(out, outputs, "output");
        try (var _ = session.run(read, written)) {
            // The results are `written`, which the caller owns.
        } catch (OrtException e) {
            throw new ModelException("model " + name + " failed: " + e.getMessage(), e);
        }
    }

    /// Throws [ModelException] unless the model has an input `input` that takes `in` and an output that takes `out`.
    public void require(String input, TensorShape in, String output, TensorShape out) throws ModelException {
        requireShape(inputs, "input", input, in);
        requireShape(outputs, "output", output, out);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("model " + name + " cannot be closed", e);
        }
    }

    private void requireShape(Map<String, TensorShape> there, String kind, String node, TensorShape wanted)
            throws ModelException {
        TensorShape shape = there.get(node);
        if (shape == null || !shape.accepts(wanted)) {
            throw new ModelException(
                    "model %s has the %ss %s, expected '%s' of shape %s".formatted(name, kind, there, node, wanted));
        }
    }

    private Map<String, OnnxTensor> matched(
            Map<String, FloatTensor> given, Map<String, TensorShape> wanted, String kind) {
        if (!given.keySet().equals(wanted.keySet())) {
            throw new IllegalArgumentException(
                    "model %s wants the %ss %s, was given %s".formatted(name, kind, wanted.keySet(), given.keySet()));
        }
        var tensors = new LinkedHashMap<String, OnnxTensor>();
        given.forEach((node, tensor) -> {
            TensorShape shape = wanted.getOrDefault(node, tensor.shape());
            if (!shape.accepts(tensor.shape())) {
                throw new IllegalArgumentException("model %s wants %s '%s' of shape %s, was given %s"
                        .formatted(name, kind, node, shape, tensor.shape()));
            }
            tensors.put(node, tensor.tensor());
        });
        return tensors;
    }

    private static OnnxModel describe(String name, Sha256 digest, ExecutionProvider provider, OrtSession session)
            throws ModelException, OrtException {
        try {
            var model = new OnnxModel(name, digest, provider, session);
            LOG.info(
                    "model opened model={} sha256={} device={} cause={}",
                    name,
                    digest,
                    provider.device(),
                    provider.reason());
            return model;
        } catch (ModelException | OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static Map<String, TensorShape> shapes(String name, Map<String, NodeInfo> nodes) throws ModelException {
        var shapes = new LinkedHashMap<String, TensorShape>();
        for (NodeInfo node : nodes.values()) {
            if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
                throw new ModelException("model %s: '%s' is %s, expected a float32 tensor"
                        .formatted(name, node.getName(), node.getInfo()));
            }
            shapes.put(node.getName(), TensorShape.of(tensor.getShape()));
        }
        return Collections.unmodifiableMap(shapes);
    }

    private static byte[] read(Path file) throws ModelException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelException("model file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
