package dev.aerie.ingest.web;

import java.net.InetAddress;
import java.util.List;

/// Fetches SLAM's map and trajectory from a slam-service, so that a browser needs one server only.
public final class SlamClient extends ReplicaClient {

    /// - `baseUrls`: see [ReplicaClient]
    public SlamClient(List<String> baseUrls) {
        super("slam-service", "SLAM_SERVICE_URL", baseUrls, InetAddress::getAllByName);
    }
}
