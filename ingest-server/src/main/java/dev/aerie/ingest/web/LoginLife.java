package dev.aerie.ingest.web;

import java.time.Duration;

/// How browsers stay logged in.
///
/// - `duration`: of a login
/// - `isEncrypted`: whether they come by TLS
public record LoginLife(Duration duration, boolean isEncrypted) {}
