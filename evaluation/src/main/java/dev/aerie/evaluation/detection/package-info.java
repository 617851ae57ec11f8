/// How right detections are, judged by known truth.
@NullMarked
package dev.aerie.evaluation.detection;

import org.jspecify.annotations.NullMarked;
