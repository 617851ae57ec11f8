/// Mask propagation without learned weights. Read first: [dev.aerie.vision.segment.BilateralTracker] (frames and
/// prompts), [dev.aerie.vision.segment.ObjectTracker] (one object), [dev.aerie.vision.segment.AppearanceModel],
/// [dev.aerie.vision.segment.WindowFlow], [dev.aerie.vision.segment.HypothesisSelector].
@NullMarked
package dev.aerie.vision.segment;

import org.jspecify.annotations.NullMarked;
