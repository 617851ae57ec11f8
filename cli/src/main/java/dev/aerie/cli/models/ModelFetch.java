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

/// Brings models from their publishers into a store.
public final class ModelFetch {

    private final ModelStore store;
    private final Download.Patience patience;

    /// - `connection`, `answer`: how long to wait for each
    public ModelFetch(ModelStore store, Duration connection, Duration answer) {
        this.store = store;
        this.patience = new Download.Patience(connection, answer);
    }

    /// For somebody who asked for the model and waits for it.
    static ModelFetch patient(ModelStore store) {
        return new ModelFetch(store, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /// Fetches a model and installs it if its digest is right. A fetch that broke off goes on where it ended.
    ///
    /// Throws [IOException] where it cannot be had, [ModelImportException] where it is not what it should be.
    public void fetch(Model model, URI source, DownloadProgress fetching, DownloadProgress installing)
            throws IOException, InterruptedException, ModelImportException {
        Files.createDirectories(store.directory());
        Path file = store.directory().resolve(model.name() + ".download");
        var sizes = model.files().stream().map(Model.FileFacts::sizeBytes).toList();
        new Download(source, file, sizes, patience, fetching).fetch();
        try {
            store.importFile(file, installing);
        } finally {
            Files.delete(file); // whole: installed, or not what the publisher promised
        }
    }
}
