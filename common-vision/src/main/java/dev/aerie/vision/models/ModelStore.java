package dev.aerie.vision.models;

import dev.aerie.digest.Sha256;
import dev.aerie.vision.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The folder of installed models. Files are installed atomically and with the digest of the manifest.
public final class ModelStore {

    private final Path directory;
    private final ModelManifest manifest;

    /// - `directory`: need not exist yet
    public ModelStore(Path directory, ModelManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /// The store in the folder that `MODELS_DIR` names, as [#directory] resolves it, with the manifest of this build.
    public static ModelStore of(Map<String, String> environment) {
        return new ModelStore(directory(environment, Path.of(System.getProperty("user.home"))), ModelManifest.load());
    }

    /// The folder that `MODELS_DIR` names, by default `~/.aerie/models`; a leading `~/` is the user's home.
    public static Path directory(Map<String, String> environment, Path home) {
        String set = environment.getOrDefault("MODELS_DIR", "");
        if (set.isEmpty()) {
            return home.resolve(".aerie").resolve("models");
        }
        return set.startsWith("~/") ? home.resolve(set.substring(2)) : Path.of(set);
    }

    public ModelManifest manifest() {
        return manifest;
    }

    public Path directory() {
        return directory;
    }

    /// Whether any model of the manifest is installed.
    public boolean hasInstalled() {
        return manifest.models().stream().anyMatch(model -> installed(model).isPresent());
    }

    /// The file of an installed model; empty where it is not installed, not whole, or of another version.
    public Optional<Path> installed(Model model) {
        Path file = directory.resolve(model.fileName());
        boolean whole = switch (model.format()) {
            case ONNX -> model.files().stream().anyMatch(known -> hasSize(file, known.sizeBytes()));
            case TENSORS -> hasSize(file, TensorAssembly.of(model.name()).sizeBytes());
            case CHECKPOINT -> WeightsFile.isComplete(file, model.structure().layout());
        };
        return whole ? Optional.of(file) : Optional.empty();
    }

    /// Installs `file`, whatever its name: its digest says which model it is.
    ///
    /// Throws [ModelImportException] where it is not in the manifest, cannot be read or cannot be written.
    public Model importFile(Path file, DownloadProgress downloadProgress) throws ModelImportException {
        try {
            requireRegular(file);
            Model model = identify(file);
            switch (model.format()) {
                case ONNX -> copy(model, file);
                case TENSORS -> assemble(model, file);
                case CHECKPOINT -> convert(model, file, downloadProgress);
            }
            return model;
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /// Installs `file` as the weights of `model` whatever its digest: weights that someone else trained. Names,
    /// shapes and types must be the model's own.
    ///
    /// Throws [ModelImportException] where they are not, or the model is no checkpoint.
    public void importAs(Model model, Path file, DownloadProgress downloadProgress) throws ModelImportException {
        if (model.format() != Model.Format.CHECKPOINT) {
            throw new ModelImportException(model.name() + " is not installed from a checkpoint");
        }
        try {
            requireRegular(file);
            convert(model, file, downloadProgress);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private void copy(Model model, Path file) throws IOException, ModelImportException {
        Files.createDirectories(directory);
        Path copy = Files.createTempFile(directory, "import-", ".part");
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            if (!identify(copy).equals(model)) {
                throw new ModelImportException(file + " changed while it was read");
            }
            Files.move(copy, directory.resolve(model.fileName()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void assemble(Model model, Path file) throws IOException {
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "import-", ".part");
        try {
            try (var weights = FileChannel.open(file);
                    var out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                TensorAssembly.of(model.name()).write(weights, out);
            }
            Files.move(part, directory.resolve(model.fileName()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void convert(Model model, Path file, DownloadProgress downloadProgress)
            throws IOException, ModelImportException {
        WeightsLayout layout = model.structure().layout();
        try {
            new CheckpointInstaller(layout)
                    .install(file, directory, written -> downloadProgress.at(written, layout.sizeBytes()));
        } catch (CheckpointException e) {
            throw new ModelImportException(file + " is not installed: " + e.getMessage(), e);
        }
    }

    private Model identify(Path file) throws IOException, ModelImportException {
        var digest = Sha256.of(file);
        return manifest.find(digest).orElseThrow(() -> new ModelImportException(unknown(file, digest)));
    }

    private String unknown(Path file, Sha256 digest) {
        var former = Sam20.refusal(String.valueOf(file.getFileName()));
        if (former.isPresent()) {
            return file + " is " + former.get();
        }
        String known = manifest.models().stream()
                .flatMap(model ->
                        model.publisherFile().map(published -> model.name() + " " + published.sha256()).stream())
                .collect(Collectors.joining(", "));
        return file + " has SHA-256 " + digest + ", which is not in the manifest; expected one of: " + known
                + "; a file without a known digest is installed by name: ./aerie models import FILE --as NAME";
    }

    private static void requireRegular(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
    }

    private ModelImportException unwritten(Path file, IOException e) {
        return new ModelImportException("cannot install " + file + " in " + directory + ": " + e.getMessage(), e);
    }

    private static boolean hasSize(Path file, long sizeBytes) {
        try {
            return Files.size(file) == sizeBytes;
        } catch (IOException _) {
            return false;
        }
    }
}
