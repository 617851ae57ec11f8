package dev.aerie.vision.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The folder in which models are installed. A file is only ever there whole and with the digest of the manifest.
public final class ModelStore {

    private final Path directory;
    private final ModelManifest manifest;

    /// - `directory`: need not exist yet
    public ModelStore(Path directory, ModelManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
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

    /// The file of an installed model; empty where it is not installed or of the wrong size.
    public Optional<Path> installed(Model model) {
        Path file = directory.resolve(model.fileName());
        try {
            return Files.size(file) == model.sizeBytes() ? Optional.of(file) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Installs `file`, whatever its name: its digest says which model it is.
    ///
    /// Throws [ModelImportException] where it is none of the manifest's, cannot be read or cannot be written.
    public Model importFile(Path file) throws ModelImportException {
        Path copy = null;
        try {
            requireRegular(file);
            Files.createDirectories(directory);
            copy = Files.createTempFile(directory, "import-", ".part");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Model model = identify(copy, file);
            Files.move(copy, directory.resolve(model.fileName()), StandardCopyOption.ATOMIC_MOVE);
            return model;
        } catch (IOException e) {
            throw new ModelImportException("cannot install " + file + " in " + directory + ": " + e.getMessage(), e);
        } finally {
            discard(copy);
        }
    }

    private Model identify(Path copy, Path file) throws IOException, ModelImportException {
        Sha256 digest;
        try (InputStream in = Files.newInputStream(copy)) {
            digest = Sha256.of(in);
        }
        return manifest.find(digest).orElseThrow(() -> new ModelImportException(unknown(file, digest)));
    }

    private String unknown(Path file, Sha256 digest) {
        String known = manifest.models().stream()
                .map(model -> model.name() + " " + model.sha256())
                .collect(Collectors.joining(", "));
        return file + " has SHA-256 " + digest + ", which is no model of the manifest; expected one of: " + known;
    }

    private static void requireRegular(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
    }

    private static void discard(@Nullable Path copy) {
        if (copy != null) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException _) {
                // A leftover .part file is harmless: it is never read.
            }
        }
    }
}
