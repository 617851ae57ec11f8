package dev.aerie.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks Digest nonces without remembering them: each is the time it was made at, the connection that it was
/// made for, and a seal on both. What a listener has heard on one connection is thus worth nothing on another. Clients
/// that count their uses of a nonce are rare (FFmpeg does, GStreamer and VLC do not), so counts could not be asked for.
public final class Nonces {

    private static final int TIME_BYTES = 8;
    private static final int CONNECTION_BYTES = 8;
    private static final int SEAL_BYTES = 16;
    private static final String SEAL = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Duration lifetime;

    public Nonces(InstantSource clock, Duration lifetime, SecureRandom random) {
        var secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, SEAL);
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /// What a nonce that a client gives back is worth.
    public enum Verdict {
        VALID,
        STALE,
        FORGED
    }

    /// - `connection`: a number that no other connection has
    public String make(long connection) {
        byte[] plain = ByteBuffer.allocate(TIME_BYTES + CONNECTION_BYTES)
                .putLong(clock.millis())
                .putLong(connection)
                .array();
        return HexFormat.of().formatHex(plain) + HexFormat.of().formatHex(seal(plain));
    }

    /// What this nonce is worth on this connection; one of another connection is stale.
    public Verdict check(String nonce, long connection) {
        int plainBytes = TIME_BYTES + CONNECTION_BYTES;
        if (nonce.length() != 2 * (plainBytes + SEAL_BYTES) || !nonce.chars().allMatch(HexFormat::isHexDigit)) {
            return Verdict.FORGED;
        }
        byte[] bytes = HexFormat.of().parseHex(nonce);
        byte[] plain = Arrays.copyOf(bytes, plainBytes);
        if (!MessageDigest.isEqual(seal(plain), Arrays.copyOfRange(bytes, plainBytes, bytes.length))) {
            return Verdict.FORGED;
        }
        var said = ByteBuffer.wrap(plain);
        long ageMillis = clock.millis() - said.getLong();
        boolean valid = ageMillis >= 0 && ageMillis <= lifetime.toMillis() && said.getLong() == connection;
        return valid ? Verdict.VALID : Verdict.STALE;
    }

    private byte[] seal(byte[] plain) {
        try {
            var mac = Mac.getInstance(SEAL);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(plain), SEAL_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + SEAL, e);
        }
    }
}
