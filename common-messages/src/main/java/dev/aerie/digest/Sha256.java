package dev.aerie.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 digest as 64 lower-case hexadecimal digits.
public record Sha256(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 256 << 10;

    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits, was '" + hex + "'");
        }
    }

    public static Sha256 of(byte[] bytes) {
        return new Sum().add(bytes).end();
    }

    /// Of everything that is left in `in`; leaves it open.
    public static Sha256 of(InputStream in) throws IOException {
        var sum = new Sum();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
            sum.add(ByteBuffer.wrap(buffer, 0, bytes));
        }
        return sum.end();
    }

    public static Sha256 of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /// The digits of its first `bytes` bytes, two for each: a shorter name for the same.
    ///
    /// - `bytes`: 0 to 32
    public String prefix(int bytes) {
        return hex.substring(0, 2 * bytes);
    }

    @Override
    public String toString() {
        return hex;
    }

    /// The digest of what comes piece by piece. For one thread.
    public static final class Sum {

        private final MessageDigest digest;

        public Sum() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        public Sum add(byte[] bytes) {
            digest.update(bytes);
            return this;
        }

        /// Takes what remains in `bytes`.
        public Sum add(ByteBuffer bytes) {
            digest.update(bytes);
            return this;
        }

        /// The digest of all pieces; begins anew.
        public Sha256 end() {
            return new Sha256(HexFormat.of().formatHex(digest.digest()));
        }
    }
}
