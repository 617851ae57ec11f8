package dev.aerie.cli.models;

import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelImportException;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.Sam20;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists, fetches and imports models: `./aerie models`. Each method returns the exit status.
@Command(name = "models", description = "The models Aerie can use.", mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final ModelStore store;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    @Parameters(arity = "0..*", hidden = true)
    void others(List<String> names) {
        // Any other action: prints the usage.
    }

    /// - `terminal`: whether `out` is one, for a progress bar
    public ModelsCommand(ModelStore store, PrintStream out, PrintStream err, boolean terminal) {
        this.terminal = terminal;
        this.store = store;
        this.out = out;
        this.err = err;
    }

    /// With an unknown action, or none.
    @Override
    public Integer call() {
        throw new IllegalArgumentException("models list, models get NAME or models import FILE [--as NAME]");
    }

    /// One block per model of the manifest.
    @Command(description = "All of them: licence, size, source, checksum.", mixinStandardHelpOptions = true)
    public int list() {
        out.println("models in " + store.directory());
        for (Model model : store.manifest().models()) {
            String state = store.installed(model).isPresent() ? "installed" : "not installed";
            out.printf("%n%s (%s)%n", model.name(), state);
            out.println("  for      " + model.purpose());
            out.println("  licence  " + model.licence());
            model.terms().ifPresent(terms -> out.println("  terms    " + terms));
            model.publisherFile().ifPresent(file -> out.printf("  size     %.1f MB%n", file.sizeBytes() / 1e6));
            out.println("  source   " + model.source().orElse("none: import a file"));
            out.println("  sha256   "
                    + model.publisherFile().map(file -> file.sha256().hex()).orElse("not known"));
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

    @Command(name = "import", description = "Installs a model file that is here.", mixinStandardHelpOptions = true)
    int importFile(
            @Parameters(paramLabel = "FILE", description = "the model file") Path file,
            @Option(names = "--as", paramLabel = "NAME", description = "import weights of your own as that model")
                    @Nullable
                    String name) {
        return name == null ? importFile(file) : importAs(name, file);
    }

    /// Installs a file that is here; its digest identifies the model.
    int importFile(Path file) {
        try {
            Model model = store.importFile(file, bar("installing"));
            out.println(model.name() + " is installed in " + store.directory());
            return 0;
        } catch (ModelImportException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /// Installs a checkpoint file as the weights of the model `name`, also one of your own.
    private int importAs(String name, Path file) {
        var model = store.manifest().find(name);
        if (model.isEmpty()) {
            return unknown(name);
        }
        sayTerms(model.get());
        try {
            store.importAs(model.get(), file, bar("installing"));
            out.println(file + " is installed as " + name + " in " + store.directory());
            return 0;
        } catch (ModelImportException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    /// Downloads a model from its publisher and installs it if its digest is right. An interrupted download is resumed.
    @Command(description = "Fetches a model from its publisher.", mixinStandardHelpOptions = true)
    public int get(@Parameters(paramLabel = "NAME", description = "as list prints it") String name) {
        var model = store.manifest().find(name);
        if (model.isEmpty()) {
            return unknown(name);
        }
        var source = model.get().source();
        if (source.isEmpty()) {
            sayTerms(model.get());
            String as = model.get().files().isEmpty() ? " --as " + name : "";
            return refuse(name + " has no source: fetch it yourself, then ./aerie models import FILE" + as);
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

    /// Before anything is installed.
    private void sayTerms(Model model) {
        model.terms().ifPresent(terms -> out.println(model.name() + ": " + terms));
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
