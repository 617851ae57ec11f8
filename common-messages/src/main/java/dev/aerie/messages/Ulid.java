package dev.aerie.messages;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// A session's name: 48 bits of Unix milliseconds, 80 random bits; as text 26 letters of Crockford's base 32, which
/// sort by time. Source: github.com/ulid/spec.
public record Ulid(long mostSignificantBits, long minSignificantBits) implements Comparable<Ulid> {

    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;

    /// A new one for now.
    public static Ulid next(InstantSource clock, RandomGenerator random) {
        long max = clock.millis() << 16 | random.nextInt(1 << 16);
        return new Ulid(max, random.nextLong());
    }

    /// A new one that sorts behind `before`, though the clock was set back meanwhile: then the one that follows it.
    public static Ulid nextAfter(Ulid before, InstantSource clock, RandomGenerator random) {
        var next = next(clock, random);
        return next.compareTo(before) > 0 ? next : before.successor();
    }

    /// The one that sorts directly behind this.
    private Ulid successor() {
        long min = minSignificantBits + 1;
        return new Ulid(min == 0 ? mostSignificantBits + 1 : mostSignificantBits, min);
    }

    /// Reads the 26 letters; throws [IllegalArgumentException] for anything else.
    public static Ulid parse(String text) {
        if (text.length() != LENGTH || LETTERS.indexOf(text.charAt(0)) > 7) {
            throw new IllegalArgumentException("a ULID is 26 letters of Crockford's base 32, was '" + text + "'");
        }
        long max = 0;
        long min = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = LETTERS.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("a ULID is 26 letters of Crockford's base 32, was '" + text + "'");
            }
            max = max << 5 | min >>> 59;
            min = min << 5 | digit;
        }
        return new Ulid(max, min);
    }

    @Override
    public int compareTo(Ulid other) {
        int byTime = Long.compareUnsigned(mostSignificantBits, other.mostSignificantBits);
        return byTime != 0 ? byTime : Long.compareUnsigned(minSignificantBits, other.minSignificantBits);
    }

    @Override
    public String toString() {
        var letters = new char[LENGTH];
        long max = mostSignificantBits;
        long min = minSignificantBits;
        for (int i = LENGTH - 1; i >= 0; i--) {
            letters[i] = LETTERS.charAt((int) (min & 31));
            min = min >>> 5 | max << 59;
            max >>>= 5;
        }
        return new String(letters);
    }
}
