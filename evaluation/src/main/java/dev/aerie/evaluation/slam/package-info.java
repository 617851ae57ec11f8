/// Accuracy and speed of SLAM on sequences with ground truth.
@NullMarked
package dev.aerie.evaluation.slam;

import org.jspecify.annotations.NullMarked;
