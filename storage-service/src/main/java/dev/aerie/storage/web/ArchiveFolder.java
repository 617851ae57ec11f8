package dev.aerie.storage.web;

import java.nio.file.Path;

/// The folder that paths in the catalog are relative to.
public record ArchiveFolder(Path path) {}
