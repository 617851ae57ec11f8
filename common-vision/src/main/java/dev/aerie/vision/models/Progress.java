package dev.aerie.vision.models;

/// Told how far a long work is.
@FunctionalInterface
public interface Progress {

    /// Tells nobody.
    Progress SILENT = (_, _) -> {};

    /// `doneBytes` out of `totalBytes`.
    void at(long doneBytes, long totalBytes);
}
