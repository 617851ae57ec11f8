package dev.aerie.vision.models;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The checkpoints of SAM 2.0 (July 2024): they lack tensors that SAM 2.1 (September 2024) has, so they cannot be
/// installed, and each has a successor that can.
public final class Sam20 {

    private static final String FILE_ENDING = ".pt";

    /// What SAM 2.1 added: an embedding for frames without the object, and the time of object pointers.
    private static final Set<String> ADDED_LATER =
            Set.of("no_obj_embed_spatial", "obj_ptr_tpos_proj.weight", "obj_ptr_tpos_proj.bias");

    private static final Map<String, String> SUCCESSORS = Map.of(
            "sam2_hiera_tiny", "sam2.1_tiny",
            "sam2_hiera_small", "sam2.1_small",
            "sam2_hiera_base", "sam2.1_base_plus",
            "sam2_hiera_base_plus", "sam2.1_base_plus",
            "sam2_hiera_large", "sam2.1_large",
            "sam2_tiny", "sam2.1_tiny",
            "sam2_small", "sam2.1_small",
            "sam2_base_plus", "sam2.1_base_plus",
            "sam2_large", "sam2.1_large");

    private Sam20() {}

    /// Every name that such a checkpoint goes by, with and without `.pt`, and why it is refused.
    public static Map<String, String> refusals() {
        var refusals = new TreeMap<String, String>();
        SUCCESSORS.forEach((name, successor) -> {
            refusals.put(name, sentence(successor));
            refusals.put(name + FILE_ENDING, sentence(successor));
        });
        return refusals;
    }

    /// Why a model or file of this name is refused; empty where it is none of SAM 2.0.
    public static Optional<String> refusal(String name) {
        return Optional.ofNullable(refusals().get(name));
    }

    /// Why a checkpoint is refused that lacks these tensors of `model` and no others; empty where it is another's.
    static Optional<String> refusal(String model, Set<String> lacking) {
        return ADDED_LATER.equals(lacking) ? Optional.of(sentence(model)) : Optional.empty();
    }

    private static String sentence(String successor) {
        return "a checkpoint of SAM 2.0, which lacks what SAM 2.1 added; its successor is " + successor
                + ": ./aerie models get " + successor;
    }
}
