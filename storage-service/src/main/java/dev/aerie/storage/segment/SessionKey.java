package dev.aerie.storage.segment;

/// Which recording: a session is unique within its stream.
record SessionKey(String stream, String session) {}
