package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// An object that meets an alert rule, or no longer does, on [Exchanges#ALERTS]. The envelope names the frame where
/// that was so for the first time, and at the end the last frame where the object was seen to meet it.
///
/// - `alert`: the same in both messages of one alert
/// - `rule`: the name of the rule
/// - `objectId`, `label`, `score`, `box`: the object in that frame, as in its [FrameResult]
/// - `widthPixels`, `heightPixels`: of the frame that the box belongs to
/// - `dwellSeconds`: for how long the object has met the rule
/// - `speedWidthsPerSecond`: of the box's middle, in widths of the frame; null where it was not measured
public record Alert(
        @JsonUnwrapped Envelope envelope,
        Kind event,
        String alert,
        String rule,
        @JsonProperty("object_id") long objectId,
        String label,
        double score,
        @JsonProperty("bbox") Box box,
        @JsonProperty("width") int widthPixels,
        @JsonProperty("height") int heightPixels,
        @JsonProperty("dwell_s") double dwellSeconds,
        @JsonProperty("speed_widths_s") @Nullable Double speedWidthsPerSecond)
        implements Message {

    public Alert {
        Require.present("envelope", envelope).requireFrame();
        Require.present("event", event);
        Require.text("alert", alert);
        Require.text("rule", rule);
        Require.atLeast("object_id", objectId, 0);
        Require.text("label", label);
        Require.within("score", score, 0, 1);
        Require.present("bbox", box);
        Require.atLeast("width", widthPixels, 1);
        Require.atLeast("height", heightPixels, 1);
        Require.atLeast("dwell_s", dwellSeconds, 0.0);
        if (speedWidthsPerSecond != null) {
            Require.atLeast("speed_widths_s", speedWidthsPerSecond, 0.0);
        }
    }

    /// What happened.
    public enum Kind {
        @JsonProperty("began")
        BEGAN,
        @JsonProperty("ended")
        ENDED
    }
}
