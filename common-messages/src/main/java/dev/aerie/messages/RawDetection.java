package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// What a detector found in one frame, before anything was tracked: no identity.
///
/// - `score`: 0..1
@JsonPropertyOrder({"label", "score", "bbox"})
public record RawDetection(
        String label, double score, @JsonProperty("bbox") Box box) {

    public RawDetection {
        Require.text("label", label);
        Require.within("score", score, 0, 1);
        Require.present("bbox", box);
    }
}
