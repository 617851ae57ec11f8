package dev.aerie.ingest.testing;

import dev.aerie.auth.Credentials;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.rtsp.PublishRefusedException;
import dev.aerie.ingest.rtsp.RtspAccess;
import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.rtsp.RtspServerConfig;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// An RTSP camera at `rtsp://127.0.0.1:port/live`, 30 frames a second, that asks for user and password by Digest,
/// can fall silent with its connections open, and can cut them.
public final class TestCamera implements AutoCloseable {

    private static final List<AccessUnit> UNITS = TestVideo.units(30, 2);

    private final Relay relay = new Relay();
    private final RtspServer server;
    private final ScheduledExecutorService shutter = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean silent;
    private volatile RelayStream stream = relay.open("live");
    private long frame;

    public TestCamera() throws IOException {
        var access = new RtspAccess(Optional.empty(), Optional.of(new Credentials("user", "pass/word")));
        server = new RtspServer(
                RtspServerConfig.defaults("127.0.0.1", 0).withAccess(access),
                relay,
                (_, _) -> {
                    throw new PublishRefusedException(403, "a camera takes nothing");
                },
                InstantSource.system());
        server.start();
        var _ = shutter.scheduleAtFixedRate(this::takeFrame, 0, 1_000_000 / 30, TimeUnit.MICROSECONDS);
    }

    public String url() {
        return "rtsp://user:pass%2Fword@127.0.0.1:" + server.port() + "/live";
    }

    public String urlWithWrongPassword() {
        return "rtsp://user:guess@127.0.0.1:" + server.port() + "/live";
    }

    /// Sends nothing more, or goes on; connections stay.
    public void silence(boolean on) {
        silent = on;
    }

    /// Ends every connection and can be connected to again at once.
    public void cut() {
        relay.close(stream);
        stream = relay.open("live");
    }

    @Override
    public void close() {
        shutter.shutdownNow();
        server.close();
    }

    private void takeFrame() {
        if (!silent) {
            stream.publish(UNITS.get((int) (frame % UNITS.size())).withPtsTicks90k(frame * 3000));
        }
        frame++;
    }
}
