/// How right detections are, judged by known truth.
@NullMarked
package dev.aerie.vision.detect.eval;

import org.jspecify.annotations.NullMarked;
