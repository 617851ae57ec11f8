package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.messages.StreamEvent;
import java.util.Locale;
import java.util.Optional;

/// Size and rate of the video that a demo shows, as the ingest announced it.
record SceneShape(
        @JsonProperty("width") int widthPixels,
        @JsonProperty("height") int heightPixels,
        @JsonProperty("frames_per_second") double framesPerSecond) {

    /// Empty where the video does not say its rate.
    static Optional<SceneShape> of(StreamEvent event) {
        return Optional.ofNullable(event.frameRate())
                .map(rate -> new SceneShape(event.widthPixels(), event.heightPixels(), rate));
    }

    /// As the drone takes it.
    String size() {
        return widthPixels + "x" + heightPixels;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %.0f frames/s", size(), framesPerSecond);
    }
}
