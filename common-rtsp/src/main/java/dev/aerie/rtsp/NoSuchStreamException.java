package dev.aerie.rtsp;

import java.io.IOException;

/// The server answers that it has no such stream (RTSP or HTTP status 404).
public final class NoSuchStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoSuchStreamException(String message) {
        super(message);
    }
}
