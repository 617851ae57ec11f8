"""What graphs without weights are made of, whatever the model: places of tensors in a weights file, and the runtime that
reads them from there."""

import pathlib

import numpy as np
import onnx
import onnxruntime
import seeded

PAGE_BYTES = 4096  # weights start at pages, so that a runtime can map them


def forget_origin(graph):
    """Leaves out what says where and how a node was made, and inner shapes, which the runtime infers."""
    del graph.metadata_props[:]
    del graph.graph.metadata_props[:]
    del graph.graph.value_info[:]
    graph.producer_name = "aerie"
    graph.producer_version = graph.doc_string = graph.graph.doc_string = ""
    for part in (*graph.graph.node, *graph.graph.input, *graph.graph.output, *graph.graph.initializer):
        part.doc_string = ""
        del part.metadata_props[:]


def strip(graph, name_of):
    """Takes the weights out of `graph`, in place; returns name and shape of each that was in it.

    `name_of` gives a checkpoint's name of an initializer, None for what stays; what has one name is one tensor."""
    wanted, kept, renamed = {}, {}, {}
    used = {name for node in graph.graph.node for name in node.input}
    for tensor in graph.graph.initializer:
        if tensor.name not in used:
            continue
        name = name_of(tensor.name)
        if name is not None:
            if tensor.data_type != onnx.TensorProto.FLOAT:
                raise ValueError(f"{tensor.name} is not float32")
            renamed[tensor.name] = name
            wanted[name] = dims = list(tensor.dims)
            tensor.Clear()
            tensor.name, tensor.data_type = name, onnx.TensorProto.FLOAT
            tensor.dims.extend(dims)
            tensor.data_location = onnx.TensorProto.EXTERNAL
        kept[tensor.name] = tensor
    initializers = [onnx.TensorProto.FromString(tensor.SerializeToString()) for tensor in kept.values()]
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(initializers)
    for node in graph.graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)
    forget_origin(graph)
    return wanted


def layout(wanted):
    """Offset of each tensor in the weights file, in the order of names; and the file's size."""
    offsets, at = {}, 0
    for name in sorted(wanted):
        offsets[name] = at
        at += -(-4 * int(np.prod(wanted[name])) // PAGE_BYTES) * PAGE_BYTES
    return offsets, at


def bind(graph, wanted, offsets, file: str):
    for tensor in graph.graph.initializer:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            length = 4 * int(np.prod(wanted[tensor.name]))
            del tensor.external_data[:]
            for key, value in (("location", file), ("offset", offsets[tensor.name]), ("length", length)):
                entry = tensor.external_data.add()
                entry.key, entry.value = key, str(value)


def write_seeded(file: pathlib.Path, wanted, offsets, size_bytes: int, score_bias: float):
    with open(file, "wb") as out:
        out.truncate(size_bytes)
        for name, offset in offsets.items():
            out.seek(offset)
            out.write(seeded.tensor(name, wanted[name], score_bias).tobytes())


def session(graph: bytes, folder: pathlib.Path, threads: int = 2):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
