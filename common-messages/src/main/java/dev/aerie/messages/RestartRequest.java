package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// Asks services to restart their pipeline, on [Exchanges#RESTART]; the envelope's stream says which, none says all.
///
/// - `service`: who is meant; null for every service
/// - `reason`: for the log
public record RestartRequest(
        @JsonUnwrapped Envelope envelope, @Nullable String service, String reason) implements Message {

    public RestartRequest {
        Require.present("envelope", envelope);
        Require.rule(service == null || !service.isBlank(), "service must not be empty");
        Require.text("reason", reason);
    }

    /// Whether `asked` should restart its pipeline of `stream`.
    public boolean concerns(String asked, String stream) {
        return (service == null || service.equals(asked))
                && (envelope.stream() == null || envelope.stream().equals(stream));
    }
}
