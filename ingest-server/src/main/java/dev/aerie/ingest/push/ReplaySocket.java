package dev.aerie.ingest.push;

import io.quarkus.websockets.next.WebSocket;

/// `WS /ws/replay/{stream}`: a recording is played again with its recorded frame identities; see `docs/ingest.md`.
@WebSocket(path = "/ws/replay/{stream}")
final class ReplaySocket extends PushSocket {

    ReplaySocket(ReplayClients clients) {
        super(clients);
    }
}
