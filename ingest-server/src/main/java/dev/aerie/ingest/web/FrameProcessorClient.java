package dev.aerie.ingest.web;

import java.net.InetAddress;
import java.util.List;

/// Forwards commands to the frame-processor that works on their stream.
public final class FrameProcessorClient extends ReplicaClient {

    /// - `baseUrls`: see [ReplicaClient]
    public FrameProcessorClient(List<String> baseUrls) {
        super("frame-processor", "FRAME_PROCESSOR_URL", baseUrls, InetAddress::getAllByName);
    }
}
