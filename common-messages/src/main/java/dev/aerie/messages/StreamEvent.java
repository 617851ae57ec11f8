package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// A stream started, changed, stalled or ended, on [Exchanges#STREAM_EVENTS]. The envelope names the frame at
/// which it happened: the first of a session that started, the last seen of one that stalled or ended.
///
/// - `codec`: `h264` or `h265`
/// - `frameRate`: frames per second as the video says; null where it does not say
/// - `rtspPath`: where the relay serves it, without host: `/drone`
/// - `reason`: why it stalled or ended, for people; null where there is nothing to say
public record StreamEvent(
        @JsonUnwrapped Envelope envelope,
        Kind event,
        @JsonProperty("width") int widthPixels,
        @JsonProperty("height") int heightPixels,
        String codec,
        @JsonProperty("frame_rate") @Nullable Double frameRate,
        @JsonProperty("rtsp_path") String rtspPath,
        @Nullable String reason)
        implements Message {

    public StreamEvent {
        Require.present("envelope", envelope).requireFrame();
        Require.present("event", event);
        Require.atLeast("width", widthPixels, 1);
        Require.atLeast("height", heightPixels, 1);
        Require.text("codec", codec);
        Require.withinIfPresent("frame_rate", frameRate, Double.MIN_VALUE, 1000);
        Require.rule(
                Require.text("rtsp_path", rtspPath).startsWith("/"), "rtsp_path must begin with /, was " + rtspPath);
    }

    /// What happened.
    public enum Kind {
        @JsonProperty("started")
        STARTED,
        /// Size, codec or rate are others from this frame on.
        @JsonProperty("changed")
        CHANGED,
        /// The session is open and silent.
        @JsonProperty("stalled")
        STALLED,
        @JsonProperty("ended")
        ENDED
    }
}
