package dev.aerie.ingest.health;

import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.stream.StreamSnapshot;
import dev.aerie.ingest.stream.Streams;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready: the relay listens. The details name each stream's state; a silent camera does not affect readiness.
@Readiness
final class RelayReady implements HealthCheck {

    private final RtspServer rtspServer;
    private final Streams streams;

    RelayReady(RtspServer rtspServer, Streams streams) {
        this.rtspServer = rtspServer;
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        var response =
                HealthCheckResponse.named("relay").status(rtspServer.stats().running());
        for (StreamSnapshot stream : streams.snapshots()) {
            response.withData("stream " + stream.stream(), words(stream));
        }
        return response.build();
    }

    private static String words(StreamSnapshot stream) {
        String state = stream.state().name().toLowerCase(Locale.ROOT);
        return switch (stream.state()) {
            case LIVE -> String.format(Locale.ROOT, "%s, %.1f frames per second", state, stream.framesPerSecond());
            case STALLED -> state + ", silent for " + stream.silentMillis() + " ms";
            case WAITING -> state;
            case ENDED -> state + ", " + stream.endCause();
        };
    }
}
