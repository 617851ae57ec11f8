package dev.aerie.ingest.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs webhooks as the specification Standard Webhooks 1.0.0 says, section "Signature scheme", symmetric: HMAC-SHA256
/// of identifier, time and body. Libraries that check it exist for many languages. Thread-safe.
final class WebhookSignature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final SecretKeySpec key;

    /// - `secret`: `whsec_` and 24 to 64 bytes in base64; throws [IllegalArgumentException] for anything else, whose
    ///   words do not repeat it
    WebhookSignature(String secret) {
        key = new SecretKeySpec(bytes(secret), ALGORITHM);
    }

    /// Whether a secret can be used.
    static boolean isSecret(String secret) {
        try {
            var _ = bytes(secret);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The header `webhook-signature`: `v1,` and the signature in base64.
    ///
    /// - `id`: the header `webhook-id`
    /// - `unixSeconds`: the header `webhook-timestamp`
    String of(String id, long unixSeconds, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + unixSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String secret) {
        String text = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "";
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            bytes = new byte[0];
        }
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("whsec_ and 24 to 64 bytes in base64 are expected");
        }
        return bytes;
    }
}
