package dev.aerie.storage.work;

import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Receives one session of a stream as access units and hands each on.
final class StreamConsumer extends RtspConsumer<AccessUnit> {

    /// How long the relay may answer that it has no such stream before the session counts as over. A relay that is
    /// away, or refuses the password, proves nothing: the stream is kept and tried again.
    static final Duration GONE_AFTER = Duration.ofSeconds(30);

    private final String session;
    private final Consumer<AccessUnit> recorder;
    private final Runnable over;
    private final Duration goneAfter;
    private boolean unknown;
    private long unknownSinceNanos;

    /// - `session`: which is recorded; over with the first picture of a later one
    /// - `recorder`: takes each unit; never waits
    /// - `over`: told that the session is over, perhaps more than once; must not block
    /// - `goneAfter`: see [#GONE_AFTER]
    StreamConsumer(
            RtspConfig config,
            StreamSource.Opener<AccessUnit> opener,
            RandomGenerator random,
            String session,
            Consumer<AccessUnit> recorder,
            Runnable over,
            Duration goneAfter) {
        super(config, opener, random);
        this.session = session;
        this.recorder = recorder;
        this.over = over;
        this.goneAfter = goneAfter;
    }

    @Override
    protected void accept(AccessUnit unit) {
        unknown = false;
        if (isOfLaterSession(unit)) {
            over.run();
        } else {
            recorder.accept(unit);
        }
    }

    @Override
    protected void lost(LossCause cause) {
        if (cause != LossCause.NO_SUCH_STREAM) {
            unknown = false;
            return;
        }
        long now = System.nanoTime();
        if (!unknown) {
            unknown = true;
            unknownSinceNanos = now;
        } else if (now - unknownSinceNanos > goneAfter.toNanos()) {
            over.run();
        }
    }

    /// Sessions of the ingest sort by time.
    private boolean isOfLaterSession(AccessUnit unit) {
        return unit.stamp().isPresent() && unit.stamp().get().id().session().compareTo(session) > 0;
    }
}
