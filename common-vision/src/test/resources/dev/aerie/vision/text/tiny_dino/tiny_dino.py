"""Writes a stand-in for Grounding DINO, with its inputs and outputs and an answer worked out by hand, for GroundingDinoTest.

Query 0 matches the piece `car`, query 1 the pieces `traffic` and `light`, query 2 every piece where the picture is redder
than blue, query 3 matches nothing. Usage: python3 tiny_dino.py OUT.onnx
"""
import sys
import numpy as np
from onnx import TensorProto as T, checker, helper as h, numpy_helper as nh, save

COLUMNS, SURE = 256, 8.0


def constant(name, values, kind=np.float32):
    return nh.from_array(np.array(values, dtype=kind), name)


def matches(name, *pieces):
    """SURE where the piece is one of these, else -SURE."""
    nodes, terms = [], []
    for i, piece in enumerate(pieces):
        nodes += [h.make_node("Equal", ["input_ids", f"piece_{piece}"], [f"{name}_{i}_is"]),
                  h.make_node("Cast", [f"{name}_{i}_is"], [f"{name}_{i}"], to=T.FLOAT)]
        terms.append(f"{name}_{i}")
    nodes += [h.make_node("Sum", terms, [f"{name}_any"]),
              h.make_node("Mul", [f"{name}_any", "twice"], [f"{name}_scaled"]),
              h.make_node("Sub", [f"{name}_scaled", "sure"], [name])]
    return nodes


nodes = matches("q0", 5) + matches("q1", 6, 7)
nodes += [h.make_node("ReduceMean", ["pixel_values", "axes"], ["means"], keepdims=0),
          h.make_node("Gather", ["means", "red"], ["mean_red"], axis=1), h.make_node("Gather", ["means", "blue"], ["mean_blue"], axis=1),
          h.make_node("Greater", ["mean_red", "mean_blue"], ["redder"]), h.make_node("Cast", ["redder"], ["redder_1"], to=T.FLOAT),
          h.make_node("Mul", ["redder_1", "twice"], ["redder_2"]), h.make_node("Sub", ["redder_2", "sure"], ["redder_3"]),
          h.make_node("Cast", ["attention_mask"], ["attended"], to=T.FLOAT), h.make_node("Mul", ["attended", "redder_3"], ["q2"]),
          h.make_node("Mul", ["attended", "minus"], ["q3"])]
nodes += [h.make_node("Unsqueeze", [f"q{i}", "one"], [f"row{i}"]) for i in range(4)]
nodes += [h.make_node("Concat", [f"row{i}" for i in range(4)], ["rows"], axis=1),
          h.make_node("Shape", ["rows"], ["shape"]), h.make_node("Gather", ["shape", "two"], ["length"], axis=0),
          h.make_node("Sub", ["columns", "length"], ["missing"]), h.make_node("Concat", ["zeros5", "missing"], ["pads"], axis=0),
          h.make_node("Pad", ["rows", "pads", "minus_scalar"], ["logits"]),
          h.make_node("Identity", ["boxes"], ["pred_boxes"]),
          h.make_node("Cast", ["token_type_ids"], ["unused_types"], to=T.FLOAT), h.make_node("Cast", ["pixel_mask"], ["unused_mask"], to=T.FLOAT)]
initializers = [constant("twice", [2 * SURE]), constant("sure", [SURE]), constant("minus", [-SURE]), nh.from_array(np.float32(-SURE), "minus_scalar"),
                constant("axes", [2, 3], np.int64), constant("red", [0], np.int64), constant("blue", [2], np.int64), constant("one", [1], np.int64),
                constant("two", [2], np.int64), constant("columns", [COLUMNS], np.int64), constant("zeros5", [0] * 5, np.int64),
                constant("boxes", [[[0.5, 0.5, 0.2, 0.4], [0.1, 0.2, 0.4, 0.2], [0.75, 0.75, 0.1, 0.1], [0.5, 0.5, 1, 1]]])]
initializers += [constant(f"piece_{i}", [i], np.int64) for i in (5, 6, 7)]
ids = [h.make_tensor_value_info(name, T.INT64, [1, "length"]) for name in ("input_ids", "token_type_ids", "attention_mask")]
graph = h.make_graph(nodes, "tiny_dino",
                     [h.make_tensor_value_info("pixel_values", T.FLOAT, [1, 3, "height", "width"]), *ids,
                      h.make_tensor_value_info("pixel_mask", T.INT64, [1, "height", "width"])],
                     [h.make_tensor_value_info("logits", T.FLOAT, [1, 4, COLUMNS]), h.make_tensor_value_info("pred_boxes", T.FLOAT, [1, 4, 4])],
                     initializers)
model = h.make_model(graph, opset_imports=[h.make_opsetid("", 18)], ir_version=9)
checker.check_model(model)
save(model, sys.argv[1])
