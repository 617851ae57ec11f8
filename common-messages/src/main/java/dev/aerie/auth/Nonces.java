package dev.aerie.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks Digest nonces without remembering them: each is the time it was made at and a seal on that.
public final class Nonces {

    private static final int TIME_BYTES = 8;
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

    public String make() {
        long now = clock.millis();
        byte[] time = ByteBuffer.allocate(TIME_BYTES).putLong(now).array();
        return HexFormat.of().formatHex(time) + HexFormat.of().formatHex(seal(time));
    }

    public Verdict check(String nonce) {
        if (nonce.length() != 2 * (TIME_BYTES + SEAL_BYTES) || !nonce.chars().allMatch(HexFormat::isHexDigit)) {
            return Verdict.FORGED;
        }
        byte[] bytes = HexFormat.of().parseHex(nonce);
        byte[] time = Arrays.copyOf(bytes, TIME_BYTES);
        String given = new String(bytes, TIME_BYTES, SEAL_BYTES, StandardCharsets.ISO_8859_1);
        if (!Secrets.areEqual(new String(seal(time), StandardCharsets.ISO_8859_1), given)) {
            return Verdict.FORGED;
        }
        long ageMillis = clock.millis() - ByteBuffer.wrap(time).getLong();
        return ageMillis >= 0 && ageMillis <= lifetime.toMillis() ? Verdict.VALID : Verdict.STALE;
    }

    private byte[] seal(byte[] time) {
        try {
            var mac = Mac.getInstance(SEAL);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(time), SEAL_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + SEAL, e);
        }
    }
}
