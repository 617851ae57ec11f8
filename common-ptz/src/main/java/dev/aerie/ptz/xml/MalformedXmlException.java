package dev.aerie.ptz.xml;

import java.io.IOException;
import java.io.Serial;

/// A text is not the XML that was expected; the message says where and why.
public final class MalformedXmlException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public MalformedXmlException(String message) {
        super(message);
    }

    MalformedXmlException(String message, Throwable cause) {
        super(message, cause);
    }
}
