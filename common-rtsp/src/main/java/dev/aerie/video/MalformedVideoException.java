package dev.aerie.video;

import java.io.IOException;

/// Bytes that break a rule of their codec, or are of no codec that is taken here; the message names the rule, for the
/// sender's operator.
public final class MalformedVideoException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedVideoException(String message) {
        super(message);
    }
}
