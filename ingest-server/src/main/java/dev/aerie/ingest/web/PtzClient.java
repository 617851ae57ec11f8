package dev.aerie.ingest.web;

import java.net.InetAddress;
import java.util.List;

/// Passes commands to cameras on to a ptz-service, so that a browser needs one server only.
public final class PtzClient extends ReplicaClient {

    /// - `baseUrls`: see [ReplicaClient]
    public PtzClient(List<String> baseUrls) {
        super("ptz-service", "PTZ_SERVICE_URL", baseUrls, InetAddress::getAllByName);
    }
}
