package dev.aerie.vision.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.aerie.digest.Sha256;
import dev.aerie.settings.Device;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One neural network, loaded once and run by any number of threads at a time.
///
/// Owns native memory until [#close]; whoever opened it closes it after the last run.
public final class OnnxModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);
    private static final int DIGEST_LETTERS = 16;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Sha256 digest;
    private final ExecutionProvider provider;
    private final OrtSession session;
    private final Signature signature;
    private final Optional<PlacementProbe> probe;
    private final RunCounts counts = new RunCounts();

    private OnnxModel(Graph graph, ExecutionProvider provider, OrtSession session, Optional<PlacementProbe> probe)
            throws ModelException, OrtException {
        this.digest = graph.digest();
        this.provider = provider;
        this.session = session;
        this.signature = Signature.of(graph.name(), session);
        this.probe = probe;
    }

    /// Loads a model that holds its own weights; see [#open(Graph, Compute)].
    public static OnnxModel open(Path file, InferenceDevice inferenceDevice) throws ModelException {
        return open(Graph.read(file), inferenceDevice);
    }

    /// Loads `graph`; throws [ModelException] if it is not a readable model of supported types, or the device is
    /// not available.
    public static OnnxModel open(Graph graph, InferenceDevice inferenceDevice) throws ModelException {
        return open(graph, inferenceDevice, false);
    }

    /// One that reports after its first run on which device its operations ran.
    static OnnxModel openProfiled(Graph graph, InferenceDevice inferenceDevice) throws ModelException {
        return open(graph, inferenceDevice, true);
    }

    private static OnnxModel open(Graph graph, InferenceDevice inferenceDevice, boolean profiled)
            throws ModelException {
        OnnxRuntime.environment(inferenceDevice.poolThreads());
        try (var options = SessionSetup.options(graph, inferenceDevice.threads())) {
            String engineFolder = graph.digest().hex().substring(0, DIGEST_LETTERS);
            ExecutionProvider provider =
                    ExecutionProvider.choose(inferenceDevice.withEngineFolder(engineFolder), options);
            if (profiled || provider.device() != Device.CPU) {
                return openProfiled(graph, provider, options);
            }
            // Warnings are about how a graph is written; with a GPU, also about operations that fall back to the CPU.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            return createSession(graph, provider, options, Optional.empty());
        } catch (OrtException e) {
            throw new ModelException(graph.name() + " cannot be loaded by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    private static OnnxModel openProfiled(Graph graph, ExecutionProvider provider, SessionOptions options)
            throws ModelException, OrtException {
        PlacementProbe probe = PlacementProbe.arm(graph.name(), options);
        try {
            return createSession(graph, provider, options, Optional.of(probe));
        } catch (ModelException | OrtException | RuntimeException e) {
            probe.close();
            throw e;
        }
    }

    private static OnnxModel createSession(
            Graph graph, ExecutionProvider provider, SessionOptions options, Optional<PlacementProbe> probe)
            throws ModelException, OrtException {
        long startNanos = System.nanoTime();
        OrtSession session = OnnxRuntime.environment().createSession(graph.bytes(), options);
        try {
            var model = new OnnxModel(graph, provider, session, probe);
            LOG.info(
                    "model opened model={} sha256={} device={} gpuBytes={} millis={} cause={}",
                    graph.name(),
                    model.digest(),
                    provider.device(),
                    provider.gpuBytes(),
                    (System.nanoTime() - startNanos) / NANOS_PER_MILLI,
                    provider.reason());
            return model;
        } catch (ModelException | OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /// As messages name the model.
    public String name() {
        return signature.model();
    }

    public Sha256 digest() {
        return digest;
    }

    public ExecutionProvider provider() {
        return provider;
    }

    /// The model's custom metadata under `key`; empty where there is none.
    public Optional<String> metadata(String key) throws ModelException {
        try {
            return session.getMetadata().getCustomMetadataValue(key);
        } catch (OrtException e) {
            throw onRunFailure(e);
        }
    }

    /// Whether tensors can stay on its device from run to run.
    public boolean keepsTensors() {
        return BoundRun.isPossibleOn(provider.device());
    }

    /// Each input by name, in the model's order.
    public Map<String, TensorSpec> inputs() {
        return signature.inputs();
    }

    /// Each output by name, in the model's order.
    public Map<String, TensorSpec> outputs() {
        return signature.outputs();
    }

    /// Counts of its runs so far.
    public ModelStatistics statistics() {
        boolean elsewhere = provider.device() != Device.CPU;
        int onCpu = placement().map(Placement::countOnCpu).orElse(0);
        return counts.of(name(), elsewhere ? onCpu : 0, provider.gpuBytes());
    }

    /// The devices on which its operations ran; empty before the first run, and where the CPU was chosen.
    public Optional<Placement> placement() {
        return probe.flatMap(PlacementProbe::placement);
    }

    /// Runs the model once: reads `in`, writes `out`; both are lent.
    ///
    /// - `in`: every input
    /// - `out`: the outputs to write, at least one
    /// - `in`, `out`: those of a [DeviceMemory] stay on the device, where [#keepsTensors]
    /// - throws [IllegalArgumentException] if a tensor is missing or of another shape or type than the model's
    /// - throws [ModelException] if the run fails, or if a sample of the numbers of an output contains NaN or
    ///   infinity: a network that fails numerically spoils all of an output
    public void runWithSampledCheck(Map<String, Tensor> in, Map<String, Tensor> out) throws ModelException {
        checked(() -> signature.requireInputs(in));
        checked(() -> signature.requireOutputs(out));
        long begun = System.nanoTime();
        try {
            run(in, out);
            onRunEnd(begun);
        } catch (OrtException e) {
            throw onRunFailure(e);
        }
        requireFiniteSample(out);
    }

    /// Runs the model once for the outputs `wanted`; `in` is lent, the result is the caller's.
    ///
    /// - throws [IllegalArgumentException] if a tensor is missing or of another shape or type than the model's
    /// - throws [ModelException] if the run fails, or if an output contains NaN or infinity
    public Tensors runWithFullCheck(Map<String, Tensor> in, Set<String> wanted) throws ModelException {
        return runWithFullCheck(in, wanted, Set.of());
    }

    /// As [#runWithFullCheck(Map, Set)]; the outputs `allowNegativeInfinity` may contain −∞.
    public Tensors runWithFullCheck(Map<String, Tensor> in, Set<String> wanted, Set<String> allowNegativeInfinity)
            throws ModelException {
        checked(() -> signature.requireInputs(in));
        var results = new Tensors();
        long begun = System.nanoTime();
        try {
            // Not closed: its tensors are the result.
            var result = session.run(Signature.values(in), wanted);
            onRunEnd(begun);
            for (Map.Entry<String, OnnxValue> each : result) {
                results.put(each.getKey(), Tensor.ofResult((OnnxTensor) each.getValue()));
            }
            requireAllFinite(results, allowNegativeInfinity);
            return results;
        } catch (OrtException e) {
            results.close();
            throw onRunFailure(e);
        } catch (ModelException e) {
            results.close();
            throw e;
        }
    }

    /// Throws [ModelException] unless the model has an input `input` that takes float32 of shape `in` and an output
    /// that takes `out`.
    public void require(String input, TensorShape in, String output, TensorShape out) throws ModelException {
        signature.require(input, in, output, out);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("model " + name() + " cannot be closed", e);
        }
        probe.ifPresent(PlacementProbe::close);
    }

    private void onRunEnd(long begunNanos) {
        counts.ran(System.nanoTime() - begunNanos);
        probe.ifPresent(one -> one.afterRun(session));
    }

    private ModelException onRunFailure(OrtException e) {
        counts.failed();
        return new ModelException("model " + name() + " failed: " + e.getMessage(), e);
    }

    private void run(Map<String, Tensor> in, Map<String, Tensor> out) throws OrtException {
        if (Stream.concat(in.values().stream(), out.values().stream()).anyMatch(Tensor::isOnDevice)) {
            BoundRun.run(session, provider.device(), in, out);
            return;
        }
        try (var _ = session.run(Signature.values(in), Signature.values(out))) {
            // The results are `out`, which the caller owns.
        }
    }

    private void checked(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            counts.refused();
            throw e;
        }
    }

    private void requireFiniteSample(Map<String, Tensor> out) throws ModelException {
        for (Map.Entry<String, Tensor> each : out.entrySet()) {
            if (!each.getValue().sampleIsFinite()) {
                throw notFinite(each.getKey());
            }
        }
    }

    private void requireAllFinite(Tensors results, Set<String> allowNegativeInfinity) throws ModelException {
        for (String output : results.names()) {
            Tensor.FloatCondition condition =
                    allowNegativeInfinity.contains(output) ? value -> value < Float.POSITIVE_INFINITY : Float::isFinite;
            if (!results.get(output).allMatch(condition)) {
                throw notFinite(output);
            }
        }
    }

    private ModelException notFinite(String output) {
        counts.notFinite();
        return new ModelException("model " + name() + " wrote NaN or infinity to '" + output + "'");
    }
}
