package dev.aerie.ingest.rtmp;

import dev.aerie.ingest.rtsp.PublishHandler;
import dev.aerie.limits.Guesses;
import dev.aerie.limits.Places;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;

/// What all connections of one server share.
///
/// - `malformed`: connections that were ended for breaking a rule
/// - `audioMessages`: those that were thrown away
record RtmpServerContext(
        RtmpServerConfig config,
        PublishHandler publishers,
        RtmpAdmission admission,
        Places places,
        SecureRandom random,
        LongAdder malformed,
        LongAdder audioMessages) {

    static RtmpServerContext of(RtmpServerConfig config, PublishHandler publishers) {
        var limits = config.connections();
        return new RtmpServerContext(
                config,
                publishers,
                new RtmpAdmission(config.access(), new Guesses(System::nanoTime)),
                new Places(limits.connections(), limits.perAddress()),
                new SecureRandom(),
                new LongAdder(),
                new LongAdder());
    }
}
