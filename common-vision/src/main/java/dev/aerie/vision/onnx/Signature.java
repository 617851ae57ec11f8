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

    /// The tensors of `given`, which must be all inputs; throws [IllegalArgumentException] unless they are and fit.
    Map<String, OnnxTensor> inputs(Map<String, Tensor> tensors) {
        if (!tensors.keySet().equals(inputs.keySet())) {
            throw unknown(INPUT, inputs, tensors);
        }
        return matched(tensors, inputs, INPUT);
    }

    /// The tensors of `given`, which must be some outputs; throws [IllegalArgumentException] unless they are and
    /// fit.
    Map<String, OnnxTensor> outputs(Map<String, Tensor> tensors) {
        if (tensors.isEmpty() || !outputs.keySet().containsAll(tensors.keySet())) {
            throw unknown(OUTPUT, outputs, tensors);
        }
        return matched(tensors, outputs, OUTPUT);
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

    private Map<String, OnnxTensor> matched(Map<String, Tensor> given, Map<String, TensorSpec> wanted, String kind) {
        var tensors = new LinkedHashMap<String, OnnxTensor>();
        given.forEach((node, tensor) -> {
            TensorSpec spec = wanted.getOrDefault(node, tensor.spec());
            if (!spec.accepts(tensor.spec())) {
                throw new IllegalArgumentException(
                        "model %s wants %s '%s' of %s, was given %s".formatted(model, kind, node, spec, tensor.spec()));
            }
            tensors.put(node, tensor.value());
        });
        return tensors;
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
