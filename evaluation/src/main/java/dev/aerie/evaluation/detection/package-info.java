/// Precision and recall of detections against ground truth.
@NullMarked
package dev.aerie.evaluation.detection;

import org.jspecify.annotations.NullMarked;
