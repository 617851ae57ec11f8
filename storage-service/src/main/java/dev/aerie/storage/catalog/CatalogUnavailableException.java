package dev.aerie.storage.catalog;

import java.io.IOException;

/// The index cannot be read or changed now: its disk is away or full, or too many changes are waiting.
public final class CatalogUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    public CatalogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public CatalogUnavailableException(String message) {
        super(message);
    }
}
