package dev.aerie.vision.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Inputs and outputs of a model, by name in the model's order.
record Signature(String model, Map<String, TensorSpec> inputs, Map<String, TensorSpec> outputs) {

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    /// Throws [ModelException] where an input or output is of an unsupported type.
    static Signature of(String model, OrtSession session) throws ModelException, OrtException {
        return new Signature(model, specs(model, session.getInputInfo()), specs(model, session.getOutputInfo()));
    }

    /// Throws [IllegalArgumentException] unless `tensors` are all inputs and fit.
    void requireInputs(Map<String, Tensor> tensors) {
        if (!tensors.keySet().equals(inputs.keySet())) {
            throw unknown(INPUT, inputs, tensors);
        }
        requireFit(tensors, inputs, INPUT);
    }

    /// Throws [IllegalArgumentException] unless `tensors` are some outputs and fit.
    void requireOutputs(Map<String, Tensor> tensors) {
        if (tensors.isEmpty() || !outputs.keySet().containsAll(tensors.keySet())) {
            throw unknown(OUTPUT, outputs, tensors);
        }
        requireFit(tensors, outputs, OUTPUT);
    }

    /// As the Java interface takes them.
    static Map<String, OnnxTensor> values(Map<String, Tensor> tensors) {
        var values = new LinkedHashMap<String, OnnxTensor>();
        tensors.forEach((node, tensor) -> values.put(node, tensor.value()));
        return values;
    }

    /// Throws [ModelException] unless there is an input `input` that takes float32 of shape `in` and an output that
    /// takes `out`.
    void require(String input, TensorShape in, String output, TensorShape out) throws ModelException {
        requireShape(inputs, INPUT, input, in);
        requireShape(outputs, OUTPUT, output, out);
    }

    private void requireShape(Map<String, TensorSpec> there, String kind, String node, TensorShape wanted)
            throws ModelException {
        TensorSpec spec = there.get(node);
        if (spec == null || !spec.accepts(new TensorSpec(ElementType.FLOAT32, wanted))) {
            throw new ModelException(
                    "model %s has the %ss %s, expected '%s' of shape %s".formatted(model, kind, there, node, wanted));
        }
    }

    private IllegalArgumentException unknown(String kind, Map<String, TensorSpec> wanted, Map<String, Tensor> tensors) {
        return new IllegalArgumentException(
                "model %s wants the %ss %s, was given %s".formatted(model, kind, wanted.keySet(), tensors.keySet()));
    }

    private void requireFit(Map<String, Tensor> given, Map<String, TensorSpec> wanted, String kind) {
        given.forEach((node, tensor) -> {
            TensorSpec spec = wanted.getOrDefault(node, tensor.spec());
            if (!spec.accepts(tensor.spec())) {
                throw new IllegalArgumentException(
                        "model %s wants %s '%s' of %s, was given %s".formatted(model, kind, node, spec, tensor.spec()));
            }
        });
    }

    private static Map<String, TensorSpec> specs(String model, Map<String, NodeInfo> nodes) throws ModelException {
        var specs = new LinkedHashMap<String, TensorSpec>();
        for (NodeInfo node : nodes.values()) {
            if (!(node.getInfo() instanceof TensorInfo tensor)
                    || ElementType.of(tensor.type).isEmpty()) {
                throw new ModelException("model %s: '%s' is %s, which is not supported"
                        .formatted(model, node.getName(), node.getInfo()));
            }
            var type = ElementType.of(tensor.type).orElseThrow();
            specs.put(node.getName(), new TensorSpec(type, TensorShape.of(tensor.getShape())));
        }
        return Collections.unmodifiableMap(specs);
    }
}
