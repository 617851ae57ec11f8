package dev.aerie.ingest.web;

import java.time.Duration;

/// How long a browser stays logged in.
public record LoginLife(Duration duration) {}
