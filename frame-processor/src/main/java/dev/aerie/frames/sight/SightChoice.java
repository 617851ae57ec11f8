package dev.aerie.frames.sight;

import dev.aerie.frames.follow.FollowLimits;
import dev.aerie.frames.prompt.StrategyKind;

/// What an operator chose to look at pictures with.
///
/// - `tracker`: `auto`, `sam2`, `bilateral` or `mot`
/// - `detector`: `auto`, `motion`, a model of the manifest, or an ONNX file
/// - `strategy`: what proposes objects to a tracker of masks
public record SightChoice(
        String tracker, Sam2Choice sam2, String detector, StrategyKind strategy, FollowLimits limits) {}
