package dev.aerie.slam.camera;

import java.io.IOException;

/// A calibration that cannot be used; the message names the file, the field and what was expected.
public final class CalibrationException extends IOException {

    private static final long serialVersionUID = 1L;

    CalibrationException(String message) {
        super(message);
    }

    CalibrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
