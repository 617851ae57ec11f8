package dev.aerie.ingest.push;

/// The clock of one sensor connection: that of the stream's video while both agree, because it is known more
/// exactly; otherwise its own, which no other connection can change. Called by one thread at a time.
final class SensorClock {

    private static final long AGREEMENT_NANOS = 1_000_000_000L;

    private final ClientClock video;
    private final ClientClock own = new ClientClock();

    /// - `video`: shared by all connections of the stream
    SensorClock(ClientClock video) {
        this.video = video;
    }

    void observe(long sentNanos, long arrivalNanos) {
        own.observe(sentNanos, arrivalNanos);
        video.observeBySensor(sentNanos, arrivalNanos);
    }

    /// Maps a client's time to the server's, as [ClientClock#toServerTime] does.
    long toOurs(long clientNanos, long arrivalNanos) {
        return (agrees() ? video : own).toServerTime(clientNanos, arrivalNanos);
    }

    private boolean agrees() {
        return video.isKnown() && own.isKnown() && Math.abs(video.offsetNanos() - own.offsetNanos()) <= AGREEMENT_NANOS;
    }
}
