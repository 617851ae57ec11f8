package dev.aerie.storage.catalog;

/// Something that happened to the archive.
///
/// - `session`: empty where it concerns none
/// - `atNanos`: Unix time
/// - `kind`: one word or two with a dash: `frames-lost`, `segment-repaired`
/// - `detail`: for people
public record ArchiveEvent(String stream, String session, long atNanos, String kind, String detail) {}
