package dev.aerie.messages.testing;

import dev.aerie.tls.LocalAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Certificates of a [LocalAuthority], as servers and clients in tests use them.
public final class TestCertificate {

    private TestCertificate() {}

    /// An authority in a new folder, with a certificate of 127.0.0.1.
    public static LocalAuthority authority() throws IOException {
        var authority = new LocalAuthority(Files.createTempDirectory("authority"));
        authority.certify(List.of("127.0.0.1"));
        return authority;
    }

    /// Of a server with the certificate that is in the files now.
    public static SSLContext server(LocalAuthority authority) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        String pem = Files.readString(authority.key());
        byte[] key = Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----[^-]+-----", "").strip());
        keys.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                new char[0],
                chain(authority.certificate()));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /// What the server at a port of loopback shows to a client.
    public static X509Certificate shown(SSLContext client, int port) throws IOException {
        try (var socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /// Whether the server at a port of loopback shows this one. A server that is changing it may refuse the client.
    public static boolean isShown(X509Certificate certificate, SSLContext client, int port) {
        try {
            return shown(client, port).equals(certificate);
        } catch (IOException _) {
            return false;
        }
    }

    /// The first one in a file.
    public static X509Certificate first(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) chain(file)[0];
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(new Certificate[0]);
        }
    }
}
