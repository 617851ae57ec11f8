package dev.aerie.host;

/// A process of the fleet did not start or died; the message names it and its log in one line.
public final class PartFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean told;

    public PartFailedException(String message) {
        this(message, false);
    }

    PartFailedException(String message, boolean told) {
        super(message);
        this.told = told;
    }

    /// As [#wasTold] calls it.
    public static PartFailedException told(String message) {
        return new PartFailedException(message, true);
    }

    /// Whether the process was ended on purpose: Ctrl-C reaches every process of a terminal.
    public boolean wasTold() {
        return told;
    }
}
