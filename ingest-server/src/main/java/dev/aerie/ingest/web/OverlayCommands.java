package dev.aerie.ingest.web;

import dev.aerie.ingest.overlay.OverlayDemand;
import dev.aerie.service.web.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the frame-processor that works on a stream for annotated video.
public final class OverlayCommands implements OverlayDemand.Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(OverlayCommands.class);
    private static final int SUCCESS = 2;

    private final FrameProcessorClient client;
    private final @Nullable String authorization;

    /// - `authorization`: header of who asks; empty where the frame-processors ask for none
    public OverlayCommands(FrameProcessorClient client, Optional<String> authorization) {
        this.client = client;
        this.authorization = authorization.orElse(null);
    }

    @Override
    public boolean publish(String stream, Duration duration) {
        return send("PUT", stream, "{\"seconds\":" + duration.toSeconds() + "}");
    }

    @Override
    public void end(String stream) {
        boolean _ = send("DELETE", stream, "{}");
    }

    private boolean send(String method, String stream, String json) {
        try {
            int status = client.send(method, "/api/streams/" + stream + "/overlay", json, authorization)
                    .getStatus();
            if (status / 100 != SUCCESS) {
                LOG.info("overlay refused stream={} method={} status={}", stream, method, status);
            }
            return status / 100 == SUCCESS;
        } catch (ProblemException e) {
            LOG.info("overlay refused stream={} method={} cause={}", stream, method, e.getMessage());
            return false;
        }
    }
}
