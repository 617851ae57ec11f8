package dev.aerie.ptz.aim;

import java.util.Optional;

/// What has become of the target.
public sealed interface TargetStatus {

    /// There is none, or the mode follows nobody.
    record None() implements TargetStatus {}

    /// It was detected in the last frame.
    record Followed(long trackId, String label, Optional<String> identity) implements TargetStatus {}

    /// It is looked for.
    ///
    /// - `seenAtNanos`: capture time of the last frame in which it was detected
    record Lost(long trackId, String label, Optional<String> identity, long seenAtNanos) implements TargetStatus {}
}
