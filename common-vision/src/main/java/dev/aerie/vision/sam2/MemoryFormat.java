package dev.aerie.vision.sam2;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;

/// Number format of the memories: bfloat16, as the publishers' predictors keep them, so that results agree. It is the
/// upper half of a float, rounded to the nearest, ties to even.
final class MemoryFormat {

    /// Of one element.
    static final int BYTES = Short.BYTES;

    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT;
    private static final short NOT_A_NUMBER = 0x7FC0;

    private MemoryFormat() {}

    /// Stores all remaining floats of `from`.
    static void store(FloatBuffer from, MemorySegment to) {
        int start = from.position();
        for (int i = 0; i < from.remaining(); i++) {
            to.setAtIndex(HALF, i, rounded(from.get(start + i)));
        }
    }

    /// Fills the remaining floats of `to`.
    static void load(MemorySegment from, FloatBuffer to) {
        int start = to.position();
        for (int i = 0; i < to.remaining(); i++) {
            to.put(start + i, Float.intBitsToFloat(from.getAtIndex(HALF, i) << Short.SIZE));
        }
    }

    static short rounded(float value) {
        if (Float.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        int bits = Float.floatToRawIntBits(value);
        int toEven = ((bits >>> Short.SIZE) & 1) + 0x7FFF;
        return (short) ((bits + toEven) >>> Short.SIZE);
    }
}
