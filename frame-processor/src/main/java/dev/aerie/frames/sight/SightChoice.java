package dev.aerie.frames.sight;

import dev.aerie.frames.follow.FollowLimits;

/// What an operator chose to look at pictures with.
///
/// - `tracker`: `auto`, `sam2`, `bilateral` or `mot`
/// - `detector`: `auto`, `motion`, a model of the manifest, or an ONNX file
/// - `classes`: of a detector that names them: `all`, `street` or a list, see [FollowedClasses]
public record SightChoice(String tracker, Sam2Choice sam2, String detector, String classes, FollowLimits limits) {}
