package dev.aerie.storage.upload;

import java.io.IOException;

/// The store is away or refuses a request. This exception has no cause, because exceptions of the S3 client contain
/// signed requests, which must not be logged.
final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /// - `code`: the store's error code, such as `NoSuchUpload`; empty if it did not answer
    StoreException(String code, String message) {
        super(message);
        this.code = code;
    }

    /// Whether the store answered.
    boolean isAnswer() {
        return !code.isEmpty();
    }

    boolean is(String other) {
        return code.equals(other);
    }
}
