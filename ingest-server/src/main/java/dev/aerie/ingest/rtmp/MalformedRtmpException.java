package dev.aerie.ingest.rtmp;

import java.io.IOException;

/// A client broke a rule of RTMP or a bound of ours, which ends its connection; the message names the rule.
final class MalformedRtmpException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedRtmpException(String message) {
        super(message);
    }
}
