package dev.aerie.ptz.identity;

import dev.aerie.ptz.handoff.AppearanceEvidence;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.reid.Embedder;
import dev.aerie.vision.reid.GalleryConfig;
import dev.aerie.vision.reid.HistogramEmbedder;
import dev.aerie.vision.reid.OsnetEmbedder;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What tells people apart: OSNet if it is installed, else a histogram of colours. Owns the model that the embedders of
/// all streams share.
public final class EmbedderChoice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbedderChoice.class);
    private static final String PERSON = "person";

    /// Histograms of any two people have much in common. Not measured on a labelled set, nor is the next.
    private static final GalleryConfig HISTOGRAMS = new GalleryConfig(1000, 8, 0.92, 0.03);

    /// Colours may break a tie between two who walk alike, and no more.
    private static final AppearanceEvidence OF_HISTOGRAMS = new AppearanceEvidence(0.95, 0.8, 0.1, 1);

    private final Optional<OnnxModel> model;
    private final String reason;

    private EmbedderChoice(Optional<OnnxModel> model, String reason) {
        this.model = model;
        this.reason = reason;
    }

    /// Chooses, and logs what. Throws [ModelException] where the installed file is no OSNet.
    public static EmbedderChoice of(ModelStore models, InferenceDevice device) throws ModelException {
        Optional<Path> installed = models.manifest().find(OsnetEmbedder.MODEL).flatMap(models::installed);
        var choice = installed.isPresent()
                ? open(installed.get(), device)
                : new EmbedderChoice(
                        Optional.empty(), OsnetEmbedder.MODEL + " is not installed in " + models.directory());
        LOG.info("embedder chosen embedder={} reason=\"{}\"", choice.shortName(), choice.reason);
        return choice;
    }

    private static EmbedderChoice open(Path file, InferenceDevice device) throws ModelException {
        var model = OnnxModel.open(file, device);
        try (var _ = new OsnetEmbedder(model)) {
            return new EmbedderChoice(Optional.of(model), model.provider().reason() + "; " + file);
        } catch (ModelException e) {
            model.close();
            throw e;
        }
    }

    /// An embedder for one more stream, which the caller closes.
    public Embedder open() throws ModelException {
        return model.isPresent() ? new OsnetEmbedder(model.get()) : new HistogramEmbedder();
    }

    /// Whether it can tell things of this label apart: OSNet has seen people only.
    boolean knows(String label) {
        return model.isEmpty() || label.equals(PERSON);
    }

    GalleryConfig gallery() {
        return model.isPresent() ? GalleryConfig.DEFAULT : HISTOGRAMS;
    }

    /// What a similarity says when a target goes from camera to camera.
    public AppearanceEvidence evidence() {
        return model.isPresent() ? AppearanceEvidence.DEFAULT : OF_HISTOGRAMS;
    }

    /// `osnet_x0_25_msmt17`, or `appearance-histogram-1`, which is no network.
    public String shortName() {
        return model.isPresent() ? OsnetEmbedder.MODEL : HistogramEmbedder.NAME;
    }

    @Override
    public void close() {
        model.ifPresent(OnnxModel::close);
    }
}
