#!/usr/bin/env python3
"""Exports the graphs of SLAM3R without their weights: a zip for each of its two networks, with the graphs that read mostly
its tensors, and the list of these, each at a fixed place of the network's weights file.

    python export.py --out ../../../common-vision/src/main/resources/dev/aerie/vision/models/structures
    python export.py --tiny --out ../../../common-slam/src/test/resources/dev/aerie/vision/models/structures \
        --golden ../../../common-slam/src/test/resources/dev/aerie/slam/dense/slam3r/tiny.golden

Each graph is then run by ONNX Runtime with seeded weights beside the module it was made from; a difference fails. The
published size wants 3 GB for the seeded weights in the temporary folder, and 12 GB of memory.
"""

import argparse
import gc
import pathlib
import sys
import tempfile
import time
import warnings

import numpy as np
import onnx
import torch

sys.path.append(str(pathlib.Path(__file__).parent.parent / "sam2"))

import seeded  # noqa: E402
from graphs import Encoder, Keyframe, Registration, Retrieval, Window  # noqa: E402
from networks import PUBLISHED, TINY, ImagesToPoints, LocalToWorld  # noqa: E402
from quantise import pack  # noqa: E402
from tracing import trace  # noqa: E402
from weightless import bind, forget_origin, layout, session, write_seeded  # noqa: E402

TOLERANCE = 2e-3
NETWORKS = {"i2p": "slam3r_i2p", "l2w": "slam3r_l2w"}
MAPS = ["points", "confidence"]
GRAPHS = {
    "encoder": (Encoder, ["tokens_i2p", "tokens_l2w"], "i2p"),
    "window": (Window, MAPS, "i2p"),
    "keyframe": (Keyframe, MAPS, "i2p"),
    "retrieval": (Retrieval, ["correlation"], "i2p"),
    "registration": (Registration, MAPS, "l2w"),
}
OPEN = {
    "encoder": {"picture": {0: "B"}},
    "window": {"others": {0: "V"}},
    "keyframe": {"others": {0: "V"}},
    "retrieval": {"scene": {0: "N"}},
    "registration": {"scene": {0: "K"}, "scene_points": {0: "K"}, "new": {0: "M"}, "new_points": {0: "M"}},
}


def formula(name: str, *shape):
    """Numbers from -0.6 to 0.6, the same in Java: those of a seeded tensor of that name."""
    return torch.from_numpy(seeded.tensor(name, shape, 0.0))


def examples(size):
    """Inputs of each graph, by name."""
    tokens, side = (size.tokens, size.width), size.side
    picture = (formula("picture", 3, side, side, 3).numpy() + np.float32(0.6)) * np.float32(200)
    pictures = torch.from_numpy(picture.astype(np.uint8))
    window = {"keyframe": formula("keyframe", 1, *tokens), "others": formula("others", 2, *tokens)}
    return {
        "encoder": {"picture": pictures},
        "window": window,
        "keyframe": window,
        "retrieval": {"new": formula("keyframe", 1, *tokens), "scene": formula("scene", 3, *tokens)},
        "registration": {
            "scene": formula("scene", 3, *tokens),
            "scene_points": formula("scene_points", 3, side, side, 3),
            "new": formula("others", 2, *tokens),
            "new_points": formula("new_points", 2, side, side, 3),
        },
    }


@torch.no_grad()
def fill(network):
    """Gives every parameter its seeded value, as loading a checkpoint would."""
    for name, target in network.state_dict().items():
        target.copy_(torch.from_numpy(seeded.tensor(name, tuple(target.shape), 0.0)))
    return network.eval()


def export(module, inputs, outputs, axes):
    """The graph with its weights beside it, as torch writes it."""
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        file = pathlib.Path(folder) / "graph.onnx"
        trace(file, module, inputs, outputs, axes, 4096, are_weights_beside=True)
        graph = onnx.load(file, load_external_data=False)
        onnx.external_data_helper.load_external_data_for_model(
            without_weights(graph), folder
        )
        return graph


def network_of(parameter: str):
    """`i2p` or `l2w`, and the checkpoint's name; None for what is no parameter."""
    network, _, name = parameter.partition(".")
    return (network, name) if network in NETWORKS and "turn." not in name else None


def without_weights(graph):
    """Takes the weights out, in place: what remains of an outer tensor is a number that belongs to the graph."""
    used = {name for node in graph.graph.node for name in node.input}
    kept = [tensor for tensor in graph.graph.initializer if tensor.name in used]
    for tensor in kept:
        if network_of(tensor.name) is not None:
            if tensor.data_type != onnx.TensorProto.FLOAT:
                raise ValueError(f"{tensor.name} is not float32")
            name, dims = tensor.name, list(tensor.dims)
            tensor.Clear()
            tensor.name, tensor.data_type = name, onnx.TensorProto.FLOAT
            tensor.dims.extend(dims)
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(kept)
    forget_origin(graph)
    return graph


def wanted_of(graph):
    """Per network: name and shape of each tensor of its checkpoint that the graph reads."""
    wanted = {network: {} for network in NETWORKS}
    for tensor in graph.graph.initializer:
        found = network_of(tensor.name)
        if found is not None:
            wanted[found[0]][found[1]] = list(tensor.dims)
            tensor.data_location = onnx.TensorProto.EXTERNAL
        elif tensor.data_location == onnx.TensorProto.EXTERNAL:
            raise ValueError(f"{tensor.name} is neither a parameter nor in the graph")
    return wanted


def bind_all(graph, wanted, layouts, prefix):
    """Says of each tensor where it lies: in the weights file of its network."""
    for network, name in NETWORKS.items():
        part = onnx.ModelProto()
        for tensor in graph.graph.initializer:
            if tensor.data_location == onnx.TensorProto.EXTERNAL and tensor.name.startswith(network + "."):
                moved = part.graph.initializer.add()
                moved.CopyFrom(tensor)
                moved.name = tensor.name.partition(".")[2]
        bind(part, wanted[network], layouts[network][0], f"{prefix}{name}.weights")
        places = {f"{network}.{tensor.name}": tensor.external_data for tensor in part.graph.initializer}
        for tensor in graph.graph.initializer:
            if tensor.name in places:
                del tensor.external_data[:]
                tensor.external_data.extend(places[tensor.name])


@torch.no_grad()
def check(name, module, inputs, graph: bytes, folder):
    """Returns what the module says; throws unless ONNX Runtime says the same."""
    expected = module(*inputs.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    found = session(graph, folder).run(None, {k: v.numpy() for k, v in inputs.items()})
    gaps = [float(np.abs(a.numpy() - b).max()) for a, b in zip(expected, found)]
    most = [float(a.abs().max()) for a in expected]
    print(f"  {name}: {len(graph) / 1e3:.0f} kB; differs by", *(f"{g:.1e} of {m:.1f}" for g, m in zip(gaps, most)), flush=True)
    if not all(gap / max(1.0, m) < TOLERANCE for gap, m in zip(gaps, most)):
        raise SystemExit(f"{name} differs from its module")
    return [a.numpy() for a in expected]


def golden(file: pathlib.Path, said):
    """Every seventh number of what PyTorch says, little-endian float32, graph by graph in the order of names."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = [out.astype("<f4").reshape(-1)[::7].tobytes() for name in sorted(said) for out in said[name]]
    file.write_bytes(b"".join(parts))
    print(f"{file.name}: {file.stat().st_size / 1e3:.0f} kB", flush=True)


def export_all(size, prefix: str, out: pathlib.Path, golden_file):
    nets = fill(ImagesToPoints(size)), fill(LocalToWorld(size))
    inputs = examples(size)
    graphs, wanted = {}, {network: {} for network in NETWORKS}
    for name, (module, outputs, _) in GRAPHS.items():
        start = time.time()
        graphs[name] = export(module(*nets), inputs[name], outputs, OPEN[name])
        for network, tensors in wanted_of(graphs[name]).items():
            wanted[network].update(tensors)
        gc.collect()
        print(f"  {name}: exported in {time.time() - start:.0f} s", flush=True)
    layouts = {network: layout(tensors) for network, tensors in wanted.items()}
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for network, name in NETWORKS.items():
            write_seeded(folder / f"{prefix}{name}.weights", wanted[network], *layouts[network], 0.0)
        for name, (module, _, _) in GRAPHS.items():
            bind_all(graphs[name], wanted, layouts, prefix)
            said[name] = check(name, module(*nets), inputs[name], graphs[name].SerializeToString(deterministic=True), folder)
    out.mkdir(parents=True, exist_ok=True)
    for network, name in NETWORKS.items():
        offsets, size_bytes = layouts[network]
        tensors = [{"name": n, "shape": wanted[network][n], "offset": offsets[n]} for n in offsets]
        manifest = {"model": prefix + name, "file": f"{prefix}{name}.weights", "size_bytes": size_bytes, "tensors": tensors}
        own = {f"{size.side}/{g}.onnx": graphs[g] for g, (_, _, owner) in GRAPHS.items() if owner == network}
        pack(out / f"{prefix}{name}.zip", manifest, own)
    if golden_file is not None:
        with torch.no_grad():  # one new frame at a time, as in Java: they see each other by way of the scene's
            one = {k: v[:1] if k.startswith("new") else v for k, v in inputs["registration"].items()}
            said["registration"] = [out.numpy() for out in Registration(*nets)(*one.values())]
        golden(golden_file, said)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiny", action="store_true", help="small networks, for tests")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--golden", type=pathlib.Path, help="a file: what PyTorch says of the examples")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(2)
    export_all(TINY if arguments.tiny else PUBLISHED, "tiny_" if arguments.tiny else "", arguments.out, arguments.golden)


if __name__ == "__main__":
    sys.exit(main())
