package dev.aerie.ingest.push;

import io.quarkus.websockets.next.WebSocket;

/// `WS /ws/video`: [VideoSocket] for the stream that `STREAM_NAME` names.
@WebSocket(path = "/ws/video")
final class DefaultVideoSocket extends PushSocket {

    DefaultVideoSocket(VideoIngest clients) {
        super(clients);
    }
}
