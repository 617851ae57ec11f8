package dev.aerie.ingest.webrtc;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA1, which ICE and SRTP sign with.
final class Hmac {

    private static final String NAME = "HmacSHA1";

    private Hmac() {}

    static Mac sha1(byte[] key) {
        try {
            var mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + NAME, e);
        }
    }
}
