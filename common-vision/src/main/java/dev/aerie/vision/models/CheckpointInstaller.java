package dev.aerie.vision.models;

import static java.util.Objects.requireNonNull;

import dev.aerie.vision.checkpoint.CheckpointException;
import dev.aerie.vision.checkpoint.StoredTensor;
import dev.aerie.vision.checkpoint.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/// Rewrites a publisher's checkpoint as the weights file that a [ModelGraphs] refers to.
final class CheckpointInstaller {

    private static final int SHOWN = 3;

    private final WeightsLayout layout;

    CheckpointInstaller(WeightsLayout layout) {
        this.layout = layout;
    }

    /// Writes the weights file in `folder`; returns where it is.
    ///
    /// - `progress`: told the bytes written so far, out of [WeightsLayout#sizeBytes]
    /// - throws [CheckpointException] unless the checkpoint has every tensor of the layout, in its shape
    Path install(Path file, Path folder, LongConsumer progress) throws IOException, CheckpointException {
        try (var checkpoint = TensorFile.open(file)) {
            requireTensors(checkpoint.tensors());
            try (var weights = WeightsFile.create(layout, folder)) {
                for (WeightsLayout.TensorLocation tensorLocation : layout.tensors()) {
                    StoredTensor tensor =
                            requireNonNull(checkpoint.tensors().get(tensorLocation.name()), tensorLocation.name());
                    weights.put(tensorLocation, checkpoint.floats(tensorLocation.name(), tensor));
                    progress.accept(tensorLocation.offset() + tensorLocation.sizeBytes());
                }
                return weights.finish();
            }
        }
    }

    private void requireTensors(Map<String, StoredTensor> given) throws CheckpointException {
        var wrong = new ArrayList<String>();
        var lacking = new TreeSet<String>();
        for (WeightsLayout.TensorLocation tensorLocation : layout.tensors()) {
            StoredTensor tensor = given.get(tensorLocation.name());
            if (tensor == null) {
                wrong.add("no " + tensorLocation.name());
                lacking.add(tensorLocation.name());
            } else if (!tensor.shape().equals(tensorLocation.shape())) {
                wrong.add("%s is %s, expected %s"
                        .formatted(tensorLocation.name(), tensor.shape(), tensorLocation.shape()));
            } else if (!tensor.kind().isWeight()) {
                wrong.add(tensorLocation.name() + " is of " + tensor.kind());
            }
        }
        var former = wrong.size() == lacking.size() ? Sam20.refusal(layout.model(), lacking) : Optional.<String>empty();
        if (former.isPresent()) {
            throw new CheckpointException("this is " + former.get());
        }
        if (!wrong.isEmpty()) {
            throw new CheckpointException("these are not the weights of %s: %d of %d tensors are missing or other: %s%s"
                    .formatted(layout.model(), wrong.size(), layout.tensors().size(), shown(wrong), more(wrong)));
        }
    }

    private static String shown(List<String> wrong) {
        return String.join("; ", wrong.subList(0, Math.min(SHOWN, wrong.size())));
    }

    private static String more(List<String> wrong) {
        return wrong.size() > SHOWN ? "; …" : "";
    }
}
