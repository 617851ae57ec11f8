package dev.aerie.ingest.webrtc;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The keys of one direction of SRTP with AES_CM_128_HMAC_SHA1_80 (RFC 3711), and its cipher.
///
/// - `key`: 16 bytes; `salt`: 14 bytes; `sign`: 20 bytes
@SuppressWarnings("ArrayRecordComponent") // Nothing compares keys.
record SrtpKeys(byte[] key, byte[] salt, byte[] sign) {

    static final int KEY_BYTES = 16;
    static final int SALT_BYTES = 14;
    static final int SIGN_BYTES = 20;

    /// What is left of a signature in a packet.
    static final int TAG_BYTES = 10;

    private static final int BLOCK_BYTES = 16;
    private static final int RTP_LABEL = 0;
    private static final int RTCP_LABEL = 3;

    static SrtpKeys ofRtp(byte[] masterKey, byte[] masterSalt) {
        return derive(masterKey, masterSalt, RTP_LABEL);
    }

    static SrtpKeys ofRtcp(byte[] masterKey, byte[] masterSalt) {
        return derive(masterKey, masterSalt, RTCP_LABEL);
    }

    /// Encrypts or decrypts, which is the same.
    ///
    /// - `ssrc`, `index`: of the packet; of RTP 48 bits (roll-over counter and sequence number), of RTCP 31
    /// - `at`, `bytes`: the part of `packet` that it changes
    void crypt(int ssrc, long index, byte[] packet, int at, int bytes) {
        byte[] counter = Arrays.copyOf(salt, BLOCK_BYTES);
        for (int i = 0; i < 4; i++) {
            counter[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            counter[8 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
        crypt(key, counter, packet, at, bytes);
    }

    private static SrtpKeys derive(byte[] masterKey, byte[] masterSalt, int label) {
        return new SrtpKeys(
                derived(masterKey, masterSalt, label + 0, KEY_BYTES),
                derived(masterKey, masterSalt, label + 2, SALT_BYTES),
                derived(masterKey, masterSalt, label + 1, SIGN_BYTES));
    }

    /// RFC 3711, 4.3.1, with a key derivation rate of 0.
    private static byte[] derived(byte[] masterKey, byte[] masterSalt, int label, int bytes) {
        byte[] counter = Arrays.copyOf(masterSalt, BLOCK_BYTES);
        counter[7] ^= (byte) label;
        var out = new byte[bytes];
        crypt(masterKey, counter, out, 0, bytes);
        return out;
    }

    private static void crypt(byte[] key, byte[] counter, byte[] packet, int at, int bytes) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            int _ = cipher.doFinal(packet, at, bytes, packet, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot encrypt with AES-CTR", e);
        }
    }

    /// Never shown.
    @Override
    public String toString() {
        return "SrtpKeys[]";
    }
}
