package dev.aerie.ingest.push;

/// An invalid text message from a client: which field, what was expected. It is answered; the connection stays open.
final class ClientMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String expected;

    /// `field` is empty where the message as a whole is wrong.
    ClientMessageException(String field, String expected) {
        super(field.isEmpty() ? expected + " is expected" : field + " must be " + expected);
        this.field = field;
        this.expected = expected;
    }

    String field() {
        return field;
    }

    String expected() {
        return expected;
    }
}
