package dev.aerie.vision.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.util.Locale;
import java.util.Optional;

/// Type of a tensor's elements.
public enum ElementType {
    FLOAT32(OnnxJavaType.FLOAT, Float.BYTES),
    FLOAT16(OnnxJavaType.FLOAT16, Short.BYTES),
    INT64(OnnxJavaType.INT64, Long.BYTES),
    UINT8(OnnxJavaType.UINT8, Byte.BYTES),
    /// One byte each, 0 or 1.
    BOOL(OnnxJavaType.BOOL, Byte.BYTES);

    private final OnnxJavaType native_;
    private final int bytes;

    ElementType(OnnxJavaType native_, int bytes) {
        this.native_ = native_;
        this.bytes = bytes;
    }

    /// Bytes per element.
    public int bytes() {
        return bytes;
    }

    OnnxJavaType toNative() {
        return native_;
    }

    static Optional<ElementType> of(OnnxJavaType type) {
        for (ElementType known : values()) {
            if (known.native_ == type) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
