package dev.aerie.ingest.push;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;

/// `WS /ws/telemetry/{stream}`: position, attitude, battery of a vehicle; see `docs/ingest.md`.
@WebSocket(path = "/ws/telemetry/{stream}")
final class TelemetrySocket {

    private final SensorClients clients;

    TelemetrySocket(SensorClients clients) {
        this.clients = clients;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return clients.open(connection);
    }

    @OnTextMessage
    Uni<Void> text(String text, WebSocketConnection connection) {
        return clients.take(connection, text, SensorMessages::telemetry);
    }
}
