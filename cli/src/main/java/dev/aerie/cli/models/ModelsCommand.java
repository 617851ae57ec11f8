package dev.aerie.cli.models;

import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelImportException;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.Sam20;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Lists, fetches and imports models: `./aerie models`. Each method returns the exit status.
public final class ModelsCommand {

    private static final int FAILED = 1;

    private final ModelStore store;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /// - `terminal`: whether `out` is one, so that a bar can move on it
    public ModelsCommand(ModelStore store, PrintStream out, PrintStream err, boolean terminal) {
        this.terminal = terminal;
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
            Model model = store.importFile(file, bar("installing"));
            out.println(model.name() + " is installed in " + store.directory());
            return 0;
        } catch (ModelImportException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /// Installs a checkpoint that is here as the weights of the model `name`, whoever trained it.
    public int importAs(String name, Path file) {
        var model = store.manifest().find(name);
        if (model.isEmpty()) {
            return unknown(name);
        }
        try {
            store.importAs(model.get(), file, bar("installing"));
            out.println(file + " is installed as " + name + " in " + store.directory());
            return 0;
        } catch (ModelImportException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /// Fetches a model from its publisher and installs it if its digest is right. A fetch that broke off goes on where
    /// it ended.
    public int get(String name) {
        var model = store.manifest().find(name);
        if (model.isEmpty()) {
            return unknown(name);
        }
        var source = model.get().source();
        if (source.isEmpty()) {
            return refuse(name + " has no source: fetch it yourself, then ./aerie models import FILE");
        }
        try {
            return fetch(model.get(), URI.create(source.get()));
        } catch (IOException | IllegalArgumentException e) {
            return refuse("cannot fetch " + name + ": " + e.getMessage()
                    + " (or fetch it elsewhere, then ./aerie models import FILE)");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int fetch(Model model, URI source) throws IOException, InterruptedException {
        out.println("fetching " + source);
        try {
            ModelFetch.patient(store).fetch(model, source, bar("fetching"), bar("installing"));
            out.println(model.name() + " is installed in " + store.directory());
            return 0;
        } catch (ModelImportException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private ProgressBar bar(String what) {
        return new ProgressBar(what, out, terminal);
    }

    private int unknown(String name) {
        var former = Sam20.refusal(name);
        if (former.isPresent()) {
            return refuse(name + " is " + former.get());
        }
        return refuse("no model '" + name + "', known: "
                + String.join(", ", installed().keySet()));
    }

    private int refuse(String why) {
        err.println("aerie: " + why);
        return FAILED;
    }
}
