package dev.aerie.storage.upload;

import java.io.IOException;

/// A segment is not what it was when it was closed: it is not brought anywhere.
final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedFileException(String message) {
        super(message);
    }
}
