package dev.aerie.storage.catalog;

/// An event in the history of the archive.
///
/// - `session`: empty if the event concerns no session
/// - `atNanos`: Unix time
/// - `kind`: one word, or two with a dash: `frames-lost`, `segment-repaired`
/// - `detail`: a text for people
public record ArchiveEvent(String stream, String session, long atNanos, String kind, String detail) {}
