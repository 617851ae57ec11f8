package dev.aerie.settings;

/// A variable has a value it may not have; the message is the one line an operator reads.
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }
}
