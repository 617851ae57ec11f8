package dev.aerie.service.consumer;

/// Priorities of the observers of `ShutdownEvent`; each stops what starts under the same name in [StartOrder].
public final class StopOrder {

    public static final int DIRECT_STREAM = 1000;
    public static final int REST = 2000;
    public static final int STREAMS = 3000;
    public static final int OUTPUTS = 4000;
    public static final int BROKER = 5000;

    private StopOrder() {}
}
