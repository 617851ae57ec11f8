package dev.aerie.auth;

/// Who makes a request, as its credentials say.
///
/// - `name`: a user's, or that of an [ApiToken]
public record Caller(String name, Role role) {}
