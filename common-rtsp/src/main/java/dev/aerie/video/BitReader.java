package dev.aerie.video;

/// Reads the bits of a raw byte sequence payload, most significant first.
///
/// Beyond the end it reads zeros and remembers that it did: a caller reads what it needs, then asks [#isOverrun].
final class BitReader {

    private final byte[] rbsp;
    private int position;
    private boolean overrun;

    BitReader(byte[] rbsp) {
        this.rbsp = rbsp;
    }

    /// Whether bits beyond the end were read.
    boolean isOverrun() {
        return overrun;
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /// The next `count` bits, 0..32, as an unsigned number.
    long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | nextBit();
        }
        return value;
    }

    /// Unsigned Exp-Golomb code, ue(v) (clause 9.1); a prefix of more than 31 zeros is invalid and counts as
    /// overrun.
    long unsignedGolomb() {
        int zeros = 0;
        while (nextBit() == 0) {
            zeros++;
            if (zeros > 31) {
                overrun = true;
                return 0;
            }
        }
        return (1L << zeros) - 1 + bits(zeros);
    }

    /// Signed Exp-Golomb code, se(v) (clause 9.1.1).
    long signedGolomb() {
        long code = unsignedGolomb();
        return (code & 1) == 1 ? (code + 1) / 2 : -code / 2;
    }

    private int nextBit() {
        int at = position >>> 3;
        if (at >= rbsp.length) {
            overrun = true;
            return 0;
        }
        int bit = rbsp[at] >>> (7 - (position & 7)) & 1;
        position++;
        return bit;
    }
}
