/// Neural networks: the one place that knows ONNX Runtime.
@NullMarked
package dev.aerie.vision.onnx;

import org.jspecify.annotations.NullMarked;
