package dev.aerie.ingest.push;

import io.quarkus.websockets.next.WebSocket;

/// `WS /ws/video/{stream}`: H.264 or H.265 in Annex-B chunks, with text messages between them; see `docs/ingest.md`.
@WebSocket(path = "/ws/video/{stream}")
final class VideoSocket extends PushSocket {

    VideoSocket(VideoIngest clients) {
        super(clients);
    }
}
