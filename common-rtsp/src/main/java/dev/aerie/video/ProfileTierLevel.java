package dev.aerie.video;

/// What a decoder of H.265 must be able to do (ITU-T H.265, 7.3.3, the general part).
///
/// - `profile`: general_profile_space (2 bits), general_tier_flag (1), general_profile_idc (5)
/// - `compatibility`: the 32 general_profile_compatibility_flags, the first the highest
/// - `constraints`: the 48 bits of constraint flags behind them
/// - `levelIdc`: 30 times the level
public record ProfileTierLevel(int profile, int compatibility, long constraints, int levelIdc) {

    static final int MAX_SUB_LAYERS = 7;

    /// - `subLayers`: temporal layers, 1..7; what is said of the lower ones is skipped
    static ProfileTierLevel read(BitReader bits, int subLayers) {
        int profile = (int) bits.bits(8);
        int compatibility = (int) bits.bits(32);
        long constraints = bits.bits(16) << 32 | bits.bits(32);
        int levelIdc = (int) bits.bits(8);
        int lower = subLayers - 1;
        var hasProfile = new boolean[MAX_SUB_LAYERS];
        var hasLevel = new boolean[MAX_SUB_LAYERS];
        for (int i = 0; i < lower; i++) {
            hasProfile[i] = bits.flag();
            hasLevel[i] = bits.flag();
        }
        if (lower > 0) {
            bits.bits(2 * (8 - lower)); // reserved_zero_2bits
        }
        for (int i = 0; i < lower; i++) {
            skip(bits, (hasProfile[i] ? 88 : 0) + (hasLevel[i] ? 8 : 0));
        }
        return new ProfileTierLevel(profile, compatibility, constraints, levelIdc);
    }

    /// general_profile_idc.
    public int profileIdc() {
        return profile & 0x1f;
    }

    /// general_profile_space, 0..3.
    public int profileSpace() {
        return profile >>> 6 & 3;
    }

    /// general_tier_flag: whether it is of the high tier.
    public boolean isHighTier() {
        return (profile & 0x20) != 0;
    }

    private static void skip(BitReader bits, int count) {
        for (int left = count; left > 0; left -= 32) {
            bits.bits(Math.min(32, left));
        }
    }
}
