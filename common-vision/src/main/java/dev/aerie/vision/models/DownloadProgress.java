package dev.aerie.vision.models;

/// Receives the progress of a long operation.
@FunctionalInterface
public interface DownloadProgress {

    /// Ignores the progress.
    DownloadProgress SILENT = (_, _) -> {};

    /// `doneBytes` out of `totalBytes`.
    void at(long doneBytes, long totalBytes);
}
