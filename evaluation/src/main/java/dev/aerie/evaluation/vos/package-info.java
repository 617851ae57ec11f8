/// Accuracy of mask tracking on labelled videos: DAVIS' measures, file layout and runs.
@NullMarked
package dev.aerie.evaluation.vos;

import org.jspecify.annotations.NullMarked;
