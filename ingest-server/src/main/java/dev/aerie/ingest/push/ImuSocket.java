package dev.aerie.ingest.push;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;

/// `WS /ws/imu/{stream}`: IMU samples, one or a batch a message; see `docs/ingest.md`.
@WebSocket(path = "/ws/imu/{stream}")
final class ImuSocket {

    private final SensorClients clients;

    ImuSocket(SensorClients clients) {
        this.clients = clients;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return clients.open(connection);
    }

    @OnTextMessage
    Uni<Void> text(String text, WebSocketConnection connection) {
        return clients.take(connection, text, SensorMessages::imu);
    }
}
