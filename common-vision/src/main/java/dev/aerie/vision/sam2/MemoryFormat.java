package dev.aerie.vision.sam2;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;

/// Number format of the memories: the reference implementation's, so that results agree.
enum MemoryFormat {

    /// EdgeTAM's.
    FLOAT32(Float.BYTES) {
        @Override
        void store(FloatBuffer from, MemorySegment to) {
            MemorySegment.copy(MemorySegment.ofBuffer(from), 0, to, 0, to.byteSize());
        }

        @Override
        void load(MemorySegment from, FloatBuffer to) {
            MemorySegment.copy(from, 0, MemorySegment.ofBuffer(to), 0, from.byteSize());
        }
    },

    /// SAM 2.1's: the upper half of a float, rounded to the nearest, ties to even.
    BFLOAT16(Short.BYTES) {
        @Override
        void store(FloatBuffer from, MemorySegment to) {
            int start = from.position();
            for (int i = 0; i < from.remaining(); i++) {
                to.setAtIndex(HALF, i, rounded(from.get(start + i)));
            }
        }

        @Override
        void load(MemorySegment from, FloatBuffer to) {
            int start = to.position();
            for (int i = 0; i < to.remaining(); i++) {
                to.put(start + i, Float.intBitsToFloat(from.getAtIndex(HALF, i) << Short.SIZE));
            }
        }
    };

    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT;
    private static final short NOT_A_NUMBER = 0x7FC0;

    private final int bytes;

    MemoryFormat(int bytes) {
        this.bytes = bytes;
    }

    /// Of one element.
    int bytes() {
        return bytes;
    }

    /// Fills `to` from the remaining floats of `from`, as many as it has room for.
    abstract void store(FloatBuffer from, MemorySegment to);

    /// Fills the remaining floats of `to`, as many as `from` holds.
    abstract void load(MemorySegment from, FloatBuffer to);

    static short rounded(float value) {
        if (Float.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        int bits = Float.floatToRawIntBits(value);
        int toEven = ((bits >>> Short.SIZE) & 1) + 0x7FFF;
        return (short) ((bits + toEven) >>> Short.SIZE);
    }
}
