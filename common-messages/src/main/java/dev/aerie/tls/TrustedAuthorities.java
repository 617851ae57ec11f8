package dev.aerie.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates a client believes: the authorities that the JDK knows, and those of a file (PEM).
public final class TrustedAuthorities {

    private static final int EXIT_WRONG_SETTING = 2;

    private TrustedAuthorities() {}

    /// What a program that asks services does first: its clients trust the authorities of `TLS_CA`, too. Ends the
    /// process with status 2 and one line on standard error where that file cannot be read.
    ///
    /// - `program`: its name, for that line
    public static void startWith(String program) {
        String file = System.getenv().getOrDefault("TLS_CA", "");
        if (file.isEmpty()) {
            return;
        }
        try {
            addToProcess(Path.of(file));
        } catch (IOException e) {
            System.err.println(program + ": TLS_CA cannot be read: " + e.getMessage());
            System.exit(EXIT_WRONG_SETTING);
        }
    }

    /// From now on every client of this process that asks for nothing else, HTTP, WebSocket and RTSP, also
    /// trusts the authorities in `file`. Throws [IOException] if it holds no certificates. Called once, before
    /// any client is made.
    public static void addToProcess(Path file) throws IOException {
        SSLContext.setDefault(context(file));
    }

    /// For clients that trust the JDK's authorities and those in `file`; throws [IOException] if it holds none.
    public static SSLContext context(Path file) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager(file)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("authorities cannot be used: " + e.getMessage(), e);
        }
    }

    /// Believes the JDK's authorities and those in `file`; throws [IOException] if it holds none.
    public static X509TrustManager manager(Path file) throws IOException {
        try {
            var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (X509Certificate one : ofJdk()) {
                authorities.setCertificateEntry("jdk-" + number++, one);
            }
            for (X509Certificate one : read(file)) {
                authorities.setCertificateEntry("file-" + number++, one);
            }
            return manager(authorities);
        } catch (GeneralSecurityException e) {
            throw new IOException("authorities cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> ofJdk() throws GeneralSecurityException {
        return List.of(manager((KeyStore) null).getAcceptedIssuers());
    }

    /// - `authorities`: null for those of the JDK
    private static X509TrustManager manager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }

    private static List<X509Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IOException("no certificates are in it");
            }
            return certificates;
        }
    }
}
