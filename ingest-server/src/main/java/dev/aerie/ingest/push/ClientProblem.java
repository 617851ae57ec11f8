package dev.aerie.ingest.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// The answer to an invalid WebSocket message; the connection stays open. The fields of RFC 9457, distinguished by
/// `type`.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
record ClientProblem(String type, String title, int status, String detail, String field, String expected) {

    private static final int BAD_REQUEST = 400;

    static ClientProblem of(ClientMessageException wrong) {
        return new ClientProblem(
                "problem",
                "message not understood",
                BAD_REQUEST,
                String.valueOf(wrong.getMessage()),
                wrong.field(),
                wrong.expected());
    }

    static ClientProblem of(String detail) {
        return new ClientProblem("problem", "message not understood", BAD_REQUEST, detail, "", "");
    }

    String toJson() {
        try {
            return VideoText.JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
