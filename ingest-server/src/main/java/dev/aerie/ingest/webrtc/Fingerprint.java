package dev.aerie.ingest.webrtc;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/// The digest of a certificate by which SDP tells who speaks in DTLS (RFC 8122).
///
/// - `algorithm`: as the JDK calls it
record Fingerprint(String algorithm, String hex) {

    private static final Map<String, String> ALGORITHMS =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    /// Reads `sha-256 AB:CD:…`; throws [IllegalArgumentException] for anything else.
    static Fingerprint read(String text) {
        String[] parts = text.split(" ", 2);
        String algorithm = ALGORITHMS.get(parts[0].toLowerCase(Locale.ROOT));
        if (algorithm == null || parts.length < 2) {
            throw new IllegalArgumentException("an offer whose a=fingerprint: is sha-256, sha-384 or sha-512");
        }
        return new Fingerprint(algorithm, parts[1].strip().toUpperCase(Locale.ROOT));
    }

    /// - `certificate`: DER
    static Fingerprint of(byte[] certificate) {
        return new Fingerprint("SHA-256", digest("SHA-256", certificate));
    }

    /// - `certificate`: DER
    boolean isOf(byte[] certificate) {
        return digest(algorithm, certificate).equals(hex);
    }

    private static String digest(String algorithm, byte[] certificate) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(algorithm).digest(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return algorithm.toLowerCase(Locale.ROOT) + " " + hex;
    }
}
