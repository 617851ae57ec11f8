package dev.aerie.ingest.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// The text messages of `WS /ws/live/{stream}`, as they go out in JSON.
@JsonPropertyOrder("type")
@RegisterForReflection(
        targets = {LiveText.Config.class, LiveText.Frame.class, LiveText.Waiting.class, LiveText.Dropped.class})
sealed interface LiveText {

    @JsonProperty
    String type();

    /// The decoder configuration; sent before the first frame and whenever a field changes. In `fmp4` the next
    /// binary message is the initialization segment.
    record Config(String format, String stream, String session, String codec, int width, int height)
            implements LiveText {
        @Override
        public String type() {
            return "config";
        }
    }

    /// Names the frame in the fragment that follows as the next binary message; only in `fmp4`.
    ///
    /// - `presentationTicks`: of the frame on the player's timeline, `timescale` ticks a second
    record Frame(
            String session, long frameNumber, long captureTimeNs, boolean key, long presentationTicks, int timescale)
            implements LiveText {
        @Override
        public String type() {
            return "frame";
        }
    }

    /// The stream is not live; frames follow automatically when it starts.
    record Waiting(String stream) implements LiveText {
        @Override
        public String type() {
            return "waiting";
        }
    }

    /// The stream is live and cannot be shown; `detail` for people, a sentence. Frames follow when it can.
    record Problem(String stream, String detail) implements LiveText {
        @Override
        public String type() {
            return "problem";
        }
    }

    /// Frames dropped because the viewer was too slow, since it connected.
    record Dropped(long frames) implements LiveText {
        @Override
        public String type() {
            return "dropped";
        }
    }
}
