package dev.aerie.messages;

/// Messages of the bus: what is read can be written and read again, the same.
final class MessagesFuzz {

    private MessagesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Message message;
        try {
            message = Messages.read(data);
        } catch (MalformedMessageException _) {
            return;
        }
        byte[] written = Messages.write(message);
        try {
            if (!Messages.read(written).equals(message)) {
                throw new AssertionError("read differently: " + message);
            }
        } catch (MalformedMessageException e) {
            throw new AssertionError("our own message is refused: " + message, e);
        }
    }
}
