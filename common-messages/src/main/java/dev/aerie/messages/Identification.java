package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an object was identified as, on [Exchanges#API_RESULTS].
///
/// - `objectId`: the [TrackedObject#id] of the same session
/// - `results`: best first
/// - `frames`: numbers of the frames that were looked at
public record Identification(
        @JsonUnwrapped Envelope envelope,
        @JsonProperty("object_id") long objectId,
        List<Finding> results,
        List<Long> frames)
        implements Message {

    public Identification {
        Require.present("envelope", envelope).requireFrame();
        Require.atLeast("object_id", objectId, 0);
        results = List.copyOf(Require.present("results", results));
        frames = List.copyOf(Require.present("frames", frames));
        frames.forEach(frame -> Require.atLeast("frames", frame, 0));
    }

    /// One answer: a name, how sure it is (0..1), and what else was said of it.
    public record Finding(
            String label, double score, @Nullable String detail) {

        public Finding {
            Require.text("results.label", label);
            Require.within("results.score", score, 0, 1);
        }
    }
}
