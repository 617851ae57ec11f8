package dev.aerie.vision.checkpoint;

import dev.aerie.vision.checkpoint.Pickled.Global;
import dev.aerie.vision.checkpoint.Pickled.Mapping;
import dev.aerie.vision.checkpoint.Pickled.Sequence;
import dev.aerie.vision.checkpoint.Pickled.Storage;
import dev.aerie.vision.checkpoint.Pickled.Tensor;
import dev.aerie.vision.checkpoint.Pickled.Text;
import dev.aerie.vision.checkpoint.Pickled.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The few functions of Python that a checkpoint of tensors calls, done here in Java. Every other name is refused.
final class Rebuild {

    private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String ORDERED = "collections.OrderedDict";
    private static final Set<String> FUNCTIONS = Set.of(TENSOR, PARAMETER, ORDERED);

    private Rebuild() {}

    /// The function or class `module.name`; throws [CheckpointException] if tensors do not need it.
    static Global global(String module, String name) throws CheckpointException {
        String full = module + "." + name;
        if (FUNCTIONS.contains(full) || storageKind(full).isPresent()) {
            return new Global(full);
        }
        throw new CheckpointException("the file wants " + full + ", which is not needed for tensors: refused");
    }

    static Pickled call(Pickled function, Pickled arguments) throws CheckpointException {
        if (!(function instanceof Global(String name)) || !(arguments instanceof Sequence(List<Pickled> given))) {
            throw new CheckpointException(
                    "the file calls " + function.describe() + " with " + arguments.describe() + ": refused");
        }
        return switch (name) {
            case TENSOR -> tensor(given);
            case PARAMETER -> argument(given, 0, name);
            case ORDERED -> new Mapping(new LinkedHashMap<>());
            default -> throw new CheckpointException("the file calls " + name + ": refused");
        };
    }

    /// What a persistent id stands for: `("storage", type, key, place, elements)`.
    static Storage storage(Pickled id) throws CheckpointException {
        if (id instanceof Sequence(List<Pickled> parts)
                && parts.size() == 5
                && parts.get(1) instanceof Global(String type)
                && parts.get(2) instanceof Text(String key)
                && parts.get(4) instanceof Whole(long elements)
                && elements >= 0) {
            var kind = storageKind(type);
            if (kind.isPresent()) {
                return new Storage(key, kind.get(), elements);
            }
        }
        throw new CheckpointException("the file refers to " + id.describe() + ", which is not a storage");
    }

    private static Tensor tensor(List<Pickled> given) throws CheckpointException {
        if (argument(given, 0, TENSOR) instanceof Storage(String key, NumberKind kind, long elements)
                && argument(given, 1, TENSOR) instanceof Whole(long offset)) {
            var shape = wholes(argument(given, 2, TENSOR));
            var strides = wholes(argument(given, 3, TENSOR));
            return new Tensor(new StoredTensor(key, kind, elements, offset, shape, strides));
        }
        throw new CheckpointException("a tensor of the file has no storage");
    }

    private static List<Long> wholes(Pickled sequence) throws CheckpointException {
        if (!(sequence instanceof Sequence(List<Pickled> items))) {
            throw new CheckpointException("a tensor's shape is " + sequence.describe());
        }
        var wholes = new ArrayList<Long>();
        for (Pickled item : items) {
            if (!(item instanceof Whole(long value))) {
                throw new CheckpointException("a tensor's shape has " + item.describe());
            }
            wholes.add(value);
        }
        return wholes;
    }

    private static Pickled argument(List<Pickled> given, int index, String function) throws CheckpointException {
        if (index >= given.size()) {
            throw new CheckpointException(function + " is called with " + given.size() + " arguments");
        }
        return given.get(index);
    }

    private static Optional<NumberKind> storageKind(String full) {
        return full.startsWith("torch.") ? NumberKind.of(full.substring("torch.".length())) : Optional.empty();
    }
}
