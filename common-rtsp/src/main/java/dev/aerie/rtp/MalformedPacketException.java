package dev.aerie.rtp;

import java.io.IOException;

/// An RTP or RTCP packet that breaks a rule, which the message names. The packet is dropped and counted.
public final class MalformedPacketException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message);
    }
}
