package dev.aerie.ingest.webrtc;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/// One handshake of DTLS 1.2 with a browser, whose certificate has the fingerprint of its offer, and from which both
/// have keys of SRTP (RFC 5764). The library's collections are of no type.
final class DtlsServer extends DefaultTlsServer {

    private static final int HANDSHAKE_MILLIS = 20_000;

    private final JcaTlsCrypto crypto;
    private final DtlsIdentity identity;
    private final Fingerprint expected;
    private final Runnable onGoodbye;
    private byte @Nullable [] exported;

    /// - `expected`: of the browser's certificate
    /// - `onGoodbye`: called when the browser closes the connection
    DtlsServer(SecureRandom random, DtlsIdentity identity, Fingerprint expected, Runnable onGoodbye) {
        this(new JcaTlsCryptoProvider().create(random), identity, expected, onGoodbye);
    }

    private DtlsServer(JcaTlsCrypto crypto, DtlsIdentity identity, Fingerprint expected, Runnable onGoodbye) {
        super(crypto);
        this.crypto = crypto;
        this.identity = identity;
        this.expected = expected;
        this.onGoodbye = onGoodbye;
    }

    /// The master keys and salts of the browser and of this server, in the order in which DTLS exports them.
    @SuppressWarnings("ArrayRecordComponent") // Nothing compares keys.
    record Exported(byte[] clientKey, byte[] serverKey, byte[] clientSalt, byte[] serverSalt) {

        @Override
        public String toString() {
            return "Exported[]";
        }
    }

    /// What the handshake gave; throws [IOException] where none has ended.
    Exported exported() throws IOException {
        byte[] all = exported;
        if (all == null) {
            throw new IOException("the handshake of DTLS gave no keys");
        }
        int key = SrtpKeys.KEY_BYTES;
        int salts = 2 * key;
        int end = salts + 2 * SrtpKeys.SALT_BYTES;
        return new Exported(
                Arrays.copyOfRange(all, 0, key),
                Arrays.copyOfRange(all, key, salts),
                Arrays.copyOfRange(all, salts, salts + SrtpKeys.SALT_BYTES),
                Arrays.copyOfRange(all, salts + SrtpKeys.SALT_BYTES, end));
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return HANDSHAKE_MILLIS;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return new ProtocolVersion[] {ProtocolVersion.DTLSv12};
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        };
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        var certificate = new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                certificate,
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @Override
    @SuppressWarnings("JdkObsolete") // as the library declares it
    public CertificateRequest getCertificateRequest() {
        var algorithms = new Vector<SignatureAndHashAlgorithm>();
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        short[] kinds = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(kinds, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (certificate.isEmpty()
                || !expected.isOf(certificate.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // as the library declares it
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        var offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        int wanted = SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;
        if (offered == null || Arrays.stream(offered.getProtectionProfiles()).noneMatch(each -> each == wanted)) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // as the library declares it
    public Hashtable getServerExtensions() throws IOException {
        var extensions = super.getServerExtensions();
        int[] chosen = {SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80};
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, new byte[0]));
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        int bytes = 2 * (SrtpKeys.KEY_BYTES + SrtpKeys.SALT_BYTES);
        exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, bytes);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        if (description == AlertDescription.close_notify) {
            onGoodbye.run();
        }
    }
}
