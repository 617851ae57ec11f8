package dev.aerie.vision.models;

/// Told how far a long work is.
@FunctionalInterface
public interface DownloadProgress {

    /// Tells nobody.
    DownloadProgress SILENT = (_, _) -> {};

    /// `doneBytes` out of `totalBytes`.
    void at(long doneBytes, long totalBytes);
}
