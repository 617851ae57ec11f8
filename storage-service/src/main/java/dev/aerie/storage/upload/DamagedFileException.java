package dev.aerie.storage.upload;

import java.io.IOException;

/// The content of a segment's file has changed since it was closed: it is not uploaded.
final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedFileException(String message) {
        super(message);
    }
}
