package dev.aerie.messages;

/// Something given from outside is wrong: which field, and what was expected of it. Names no value, for values hold
/// passwords.
public final class InvalidFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String expected;

    public InvalidFieldException(String field, String expected) {
        super(field + " must be " + expected);
        this.field = field;
        this.expected = expected;
    }

    /// As it stands in JSON: `urls`.
    public String field() {
        return field;
    }

    public String expected() {
        return expected;
    }
}
