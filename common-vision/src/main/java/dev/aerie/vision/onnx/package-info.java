/// Neural networks in ONNX Runtime: the only package that uses it.
@NullMarked
package dev.aerie.vision.onnx;

import org.jspecify.annotations.NullMarked;
