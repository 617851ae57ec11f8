/// Accuracy of single-object trackers on labelled videos: success curve and precision.
@NullMarked
package dev.aerie.evaluation.sot;

import org.jspecify.annotations.NullMarked;
