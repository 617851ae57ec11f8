package dev.aerie.vision.checkpoint;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Element type of a storage, by PyTorch's names.
public enum NumberKind {
    FLOAT32("FloatStorage", 4),
    FLOAT16("HalfStorage", 2),
    BFLOAT16("BFloat16Storage", 2),
    FLOAT64("DoubleStorage", 8),
    INT64("LongStorage", 8),
    INT32("IntStorage", 4),
    INT16("ShortStorage", 2),
    INT8("CharStorage", 1),
    UINT8("ByteStorage", 1),
    BOOL("BoolStorage", 1);

    private final String storageName;
    private final int bytes;

    NumberKind(String storageName, int bytes) {
        this.storageName = storageName;
        this.bytes = bytes;
    }

    /// Bytes per element.
    public int bytes() {
        return bytes;
    }

    /// Whether [#toFloat] can read it: the types of weights.
    public boolean isWeight() {
        return this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
    }

    static Optional<NumberKind> of(String storageName) {
        for (NumberKind kind : values()) {
            if (kind.storageName.equals(storageName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The element at byte `at` of `bytes`, little-endian, as float32; float16 and bfloat16 fit exactly.
    float toFloat(ByteBuffer bytes, int at) {
        return switch (this) {
            case FLOAT32 -> bytes.getFloat(at);
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
            case FLOAT64, INT64, INT32, INT16, INT8, UINT8, BOOL ->
                throw new IllegalStateException(this + " is not a type of weights");
        };
    }
}
