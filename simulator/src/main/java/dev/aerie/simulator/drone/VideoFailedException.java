package dev.aerie.simulator.drone;

import java.io.IOException;

/// The drone's own video cannot be read or encoded: reconnecting does not help.
public final class VideoFailedException extends Exception {

    private static final long serialVersionUID = 1;

    VideoFailedException(String what, IOException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
