package dev.aerie.cli.models;

import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelImportException;
import dev.aerie.vision.models.ModelStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Lists, fetches and imports models: `./aerie models`. Each method returns the exit status.
public final class ModelDesk {

    private static final int FAILED = 1;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final ModelStore store;
    private final PrintStream out;
    private final PrintStream err;

    public ModelDesk(ModelStore store, PrintStream out, PrintStream err) {
        this.store = store;
        this.out = out;
        this.err = err;
    }

    /// One block per model of the manifest.
    public int list() {
        out.println("models in " + store.directory());
        for (Model model : store.manifest().models()) {
            String state = store.installed(model).isPresent() ? "installed" : "not installed";
            out.printf("%n%s (%s)%n", model.name(), state);
            out.println("  for      " + model.purpose());
            out.println("  licence  " + model.licence());
            out.printf("  size     %.1f MB%n", model.sizeBytes() / 1e6);
            out.println("  source   " + model.source().orElse("none: import a file"));
            out.println("  sha256   " + model.sha256());
        }
        return 0;
    }

    /// Whether each model of the manifest is installed, by its name.
    public Map<String, Boolean> installed() {
        var installed = new TreeMap<String, Boolean>();
        store.manifest()
                .models()
                .forEach(model ->
                        installed.put(model.name(), store.installed(model).isPresent()));
        return installed;
    }

    /// Installs a file that is here; its digest says which model it is.
    public int importFile(Path file) {
        try {
            Model model = store.importFile(file);
            out.println(model.name() + " is installed in " + store.directory());
            return 0;
        } catch (ModelImportException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /// Fetches a model from its publisher and installs it if its digest is right.
    public int get(String name) {
        var model = store.manifest().find(name);
        if (model.isEmpty()) {
            return refuse("no model '" + name + "', known: "
                    + String.join(", ", installed().keySet()));
        }
        var source = model.get().source();
        if (source.isEmpty()) {
            return refuse(name + " has no source: fetch it yourself, then ./aerie models import FILE");
        }
        try {
            return fetch(URI.create(source.get()));
        } catch (IOException | IllegalArgumentException e) {
            return refuse(
                    "cannot fetch " + source.get() + ": " + e + "; fetch it elsewhere, then ./aerie models import");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int fetch(URI source) throws IOException, InterruptedException {
        Path file = Files.createTempFile("aerie-model-", ".part");
        try (var http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var answer = http.send(HttpRequest.newBuilder(source).build(), BodyHandlers.ofFile(file));
            if (answer.statusCode() != 200) {
                return refuse(source + " answered " + answer.statusCode());
            }
            return importFile(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private int refuse(String why) {
        err.println("aerie: " + why);
        return FAILED;
    }
}
