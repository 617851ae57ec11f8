package dev.aerie.slam.feature;

/// 256 comparisons of brightness around a corner, one bit each.
public record Descriptor(long bits0, long bits1, long bits2, long bits3) {

    /// Number of bits.
    public static final int BITS = 256;

    /// In how many bits two descriptors differ (Hamming distance), 0..256.
    public int distanceTo(Descriptor other) {
        return Long.bitCount(bits0 ^ other.bits0)
                + Long.bitCount(bits1 ^ other.bits1)
                + Long.bitCount(bits2 ^ other.bits2)
                + Long.bitCount(bits3 ^ other.bits3);
    }

    /// One bit, 0 or 1.
    ///
    /// - `index`: 0..255
    public int bit(int index) {
        long word = switch (index >>> 6) {
            case 0 -> bits0;
            case 1 -> bits1;
            case 2 -> bits2;
            default -> bits3;
        };
        return (int) (word >>> (index & 63)) & 1;
    }
}
