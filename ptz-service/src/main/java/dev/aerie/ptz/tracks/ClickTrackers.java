package dev.aerie.ptz.tracks;

import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sot.NanoTrack;
import dev.aerie.vision.sot.NanoTrackConfig;
import dev.aerie.vision.sot.NanoTrackModel;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What follows a thing that a person clicked: NanoTrack, if it is installed. Owns the model that all streams share.
public final class ClickTrackers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClickTrackers.class);

    private final Optional<NanoTrackModel> model;

    private ClickTrackers(Optional<NanoTrackModel> model) {
        this.model = model;
    }

    /// Chooses, and logs what. Throws [ModelException] where the installed files are other networks.
    public static ClickTrackers of(ModelStore models, InferenceDevice device) throws ModelException {
        var folder = models.directory();
        boolean isInstalled = Files.isRegularFile(folder.resolve(NanoTrackModel.BACKBONE_FILE))
                && Files.isRegularFile(folder.resolve(NanoTrackModel.HEAD_FILE));
        LOG.info(
                "click tracker chosen tracker={}",
                isInstalled ? NanoTrack.NAME : "that of detections: nanotrack is not installed in " + folder);
        return new ClickTrackers(isInstalled ? Optional.of(NanoTrackModel.open(folder, device)) : Optional.empty());
    }

    /// For one more stream, whose worker closes it; empty where clicked things are followed by their detections alone.
    public Optional<ClickedObject> open() {
        return model.map(one -> new ClickedObject(new NanoTrack(one, NanoTrackConfig.DEFAULT)));
    }

    @Override
    public void close() {
        model.ifPresent(NanoTrackModel::close);
    }
}
