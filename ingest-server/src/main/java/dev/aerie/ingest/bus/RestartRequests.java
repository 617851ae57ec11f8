package dev.aerie.ingest.bus;

import dev.aerie.ingest.source.Sources;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.amqp.MessageHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receives restart requests and restarts the sources they name. A pushed stream cannot be restarted from here.
public final class RestartRequests implements MessageHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RestartRequests.class);

    private final String service;
    private final Sources sources;

    public RestartRequests(String service, Sources sources) {
        this.service = service;
        this.sources = sources;
    }

    @Override
    public void accept(String exchange, byte[] body) throws MalformedMessageException {
        var request = Messages.read(RestartRequest.class, body);
        if (request.service() != null && !request.service().equals(service)) {
            return;
        }
        String stream = request.envelope().stream();
        LOG.info("restart requested stream={} cause={}", stream == null ? "*" : stream, request.reason());
        if (stream == null) {
            sources.names().forEach(sources::restart);
        } else {
            sources.restart(stream);
        }
    }
}
