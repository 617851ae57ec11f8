package dev.aerie.ptz.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.follow.Steering;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whom a camera follows.
///
/// - `state`: of the controller, `idle`, `acquiring`, `holding`, `predicting`, `searching` or `lost`
/// - `objectId`: as ptz-service numbers its tracks; null where it follows nobody
/// - `lost`: whether it is looked for
record TargetView(
        String state,
        @JsonProperty("object_id") @Nullable Long objectId,
        @Nullable String label,
        boolean lost) {

    static TargetView of(Steering steering) {
        String state = steering.state().name().toLowerCase(Locale.ROOT);
        return switch (steering.target()) {
            case TargetStatus.None _ -> new TargetView(state, null, null, false);
            case TargetStatus.Followed one -> new TargetView(state, one.trackId(), one.label(), false);
            case TargetStatus.Lost one -> new TargetView(state, one.trackId(), one.label(), true);
        };
    }
}
