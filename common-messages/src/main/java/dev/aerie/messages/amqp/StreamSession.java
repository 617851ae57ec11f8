package dev.aerie.messages.amqp;

import dev.aerie.messages.StreamEvent;

/// What a replica works on. A session alone does not name it: a recording may be shown again under another stream's
/// name.
record StreamSession(String stream, String session) {

    static StreamSession of(StreamEvent event) {
        var id = event.envelope().frameId();
        return new StreamSession(id.stream(), id.session());
    }
}
