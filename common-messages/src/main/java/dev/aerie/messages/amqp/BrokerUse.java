package dev.aerie.messages.amqp;

/// How a worker stands to the broker.
public enum BrokerUse {
    /// Without one it has no work.
    NEEDED,
    /// It follows a stream of its own: one that is there is used, one that is away is missed by nobody.
    WELCOME,
    /// It follows a stream of its own, and no broker is looked for.
    NONE;

    /// In place of a broker's URL.
    public static final String NO_BROKER = "none";

    private static final String ANY = "amqp://127.0.0.1";

    /// - `url`: of the broker, or [#NO_BROKER]
    /// - `hasOwnStream`: whether the worker follows a stream without a work queue
    public static BrokerUse of(String url, boolean hasOwnStream) {
        if (url.equals(NO_BROKER)) {
            return NONE;
        }
        return hasOwnStream ? WELCOME : NEEDED;
    }

    /// Where the broker is; of one that is never asked, where none is looked for.
    public BrokerAddress address(String url) {
        return BrokerAddress.parse(this == NONE ? ANY : url);
    }

    public boolean isLookedFor() {
        return this != NONE;
    }

    /// Whether the worker can do its work as far as the broker goes.
    public boolean isReady(BrokerConnection broker) {
        return this != NEEDED || broker.isConnected();
    }

    /// How it stands with the broker, for an operator.
    public String state(BrokerConnection broker) {
        if (broker.isConnected()) {
            return "connected";
        }
        return switch (this) {
            case NEEDED -> broker.lastFailure().orElse("connecting");
            case WELCOME -> "not needed, " + broker.lastFailure().orElse("connecting");
            case NONE -> "not looked for";
        };
    }
}
