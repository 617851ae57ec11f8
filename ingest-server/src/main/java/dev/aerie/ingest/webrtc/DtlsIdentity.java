package dev.aerie.ingest.webrtc;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The key and the self-signed certificate with which this server speaks DTLS; browsers know it by its fingerprint.
///
/// - `certificate`: DER
@SuppressWarnings("ArrayRecordComponent") // Nothing compares identities.
record DtlsIdentity(PrivateKey key, byte[] certificate) {

    private static final int SERIAL_BITS = 64;
    private static final Duration VALID = Duration.ofDays(3650);

    /// A new one.
    static DtlsIdentity make(SecureRandom random, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=aerie");
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, random),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(VALID)),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new DtlsIdentity(pair.getPrivate(), certificate.getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("no certificate could be made for DTLS", e);
        }
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /// The key is never shown.
    @Override
    public String toString() {
        return "DtlsIdentity[" + fingerprint() + "]";
    }
}
