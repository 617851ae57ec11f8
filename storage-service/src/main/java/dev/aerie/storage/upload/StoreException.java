package dev.aerie.storage.upload;

import java.io.IOException;

/// The store is away or refuses. It has no cause: what the client throws carries signed requests, which no log may
/// show.
final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /// - `code`: the store's own, `NoSuchUpload`; empty where it did not answer
    StoreException(String code, String message) {
        super(message);
        this.code = code;
    }

    /// Whether the store said anything at all.
    boolean isAnswer() {
        return !code.isEmpty();
    }

    boolean is(String other) {
        return code.equals(other);
    }
}
