package dev.aerie.ingest.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What sources may read, whoever adds them.
///
/// - `files`: the folder below which video files lie
/// - `hosts`: from which cameras are pulled
public record SourceRules(Path files, SourceHosts hosts) {

    /// The file to read, a path without symbolic links; relative ones are below the folder. Throws [IOException] in
    /// the same words for a file that is not there, lies elsewhere or is led elsewhere by a link: whether there is
    /// one elsewhere is nobody's business.
    Path file(String path) throws IOException {
        Path root = files.toAbsolutePath().normalize();
        Path wanted = root.resolve(path).normalize();
        if (wanted.startsWith(root)) {
            try {
                Path real = wanted.toRealPath();
                if (real.startsWith(root.toRealPath()) && Files.isRegularFile(real)) {
                    return real;
                }
            } catch (IOException _) {
                // Said below.
            }
        }
        throw new FileNotFoundException("there is no file " + path + " below SOURCE_FILES");
    }
}
