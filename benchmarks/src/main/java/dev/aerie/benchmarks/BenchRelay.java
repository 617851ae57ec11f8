package dev.aerie.benchmarks;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A relay to measure. All but the first pull the same stream over RTSP/TCP from the same ingest and relay it without
/// decoding.
interface BenchRelay {

    /// Name in the rows.
    String server();

    /// Reason why it cannot be measured on this machine; empty if it can.
    Optional<String> obstacle();

    /// Starts it, pulling `stream` from `source`; returns when it accepts connections.
    @MustBeClosed
    RunningRelay start(RunningRelay source, String stream, Installation installation)
            throws PartFailedException, IOException, InterruptedException;

    /// All relays, in the order of the rows.
    static List<BenchRelay> all() {
        return List.of(
                new AerieRelay.Pushed(),
                new AerieRelay.Pulling(),
                new Peer.Gstreamer(),
                new Peer.Go2rtc(),
                new Peer.MediaMtx());
    }
}
