package dev.aerie.storage.segment;

/// The key of a recording: a session is unique within its stream.
record SessionKey(String stream, String session) {}
