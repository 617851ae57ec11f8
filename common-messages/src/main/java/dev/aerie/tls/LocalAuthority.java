package dev.aerie.tls;

import dev.aerie.files.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An authority of our own in a folder, for fleets without a certificate of a public one. The JDK's `keytool` makes
/// keys and certificates (ECDSA, P-256).
///
/// Its files: `ca.pem` for clients to trust, `certificate.pem` and `key.pem` (PKCS #8) for servers, `ca.p12` to sign
/// the next certificate with. All are for their owner alone.
public final class LocalAuthority {

    private static final String AUTHORITY = "ca";
    private static final String SERVER = "server";
    private static final int AUTHORITY_DAYS = 3650;

    /// Browsers refuse certificates that are valid for longer.
    private static final int SERVER_DAYS = 397;

    /// A key store must have a password. What protects this one is the mode of its file.
    private static final String PASSWORD = "changeit";

    private static final int SECONDS = 60;
    private static final int LINE_CHARACTERS = 64;
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    private final Path folder;

    /// - `folder`: made where it is missing
    public LocalAuthority(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// For clients to trust.
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /// Of the server, followed by the authority's.
    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    public Path key() {
        return folder.resolve("key.pem");
    }

    /// Makes a key and a certificate for a server, valid for 397 days, and the authority where there is none
    /// yet. What is there is replaced file by file. Throws [IOException] if the folder cannot be written or
    /// `keytool` fails.
    ///
    /// - `names`: names and addresses of the server, at least one; throws [IllegalArgumentException] for one that
    ///   is neither
    public void certify(List<String> names) throws IOException {
        String alternatives = names.stream().map(LocalAuthority::alternative).collect(Collectors.joining(","));
        var _ = PrivateFolder.create(folder);
        Path kept = folder.resolve("ca.p12");
        Path work = Files.createTempDirectory(folder, "certify"); // For its owner alone.
        Path store = work.resolve("work.p12");
        try {
            if (Files.exists(kept)) {
                Files.copy(kept, store);
            } else {
                makeAuthority(store);
                put(kept, Files.readAllBytes(store));
            }
            makeServer(store, names.getFirst(), alternatives);
            export(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate cannot be read: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(store);
            Files.deleteIfExists(work);
        }
    }

    private static void makeAuthority(Path store) throws IOException {
        keytool(
                store,
                AUTHORITY,
                AUTHORITY_DAYS,
                "CN=Aerie local authority",
                List.of("-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign,cRLSign"));
    }

    private static void makeServer(Path store, String name, String alternatives) throws IOException {
        keytool(
                store,
                SERVER,
                SERVER_DAYS,
                "CN=" + name.replaceAll("[^A-Za-z0-9.*-]", "-"),
                List.of(
                        "-signer",
                        AUTHORITY,
                        "-ext",
                        "san=" + alternatives,
                        "-ext",
                        "eku=serverAuth",
                        "-ext",
                        "ku:critical=digitalSignature"));
    }

    private static void keytool(Path store, String alias, int days, String name, List<String> more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(days),
                "-dname",
                name));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream printed = process.getInputStream()) {
            String text = new String(printed.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool failed: " + text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private void export(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var chain = new StringBuilder();
        for (Certificate one : keys.getCertificateChain(SERVER)) {
            chain.append(pem("CERTIFICATE", one.getEncoded()));
        }
        Key key = keys.getKey(SERVER, PASSWORD.toCharArray());
        put(authority(), bytes(pem("CERTIFICATE", keys.getCertificate(AUTHORITY).getEncoded())));
        put(key(), bytes(pem("PRIVATE KEY", key.getEncoded())));
        put(certificate(), bytes(chain.toString()));
    }

    /// Whole, for its owner alone; a reader sees the former file or this one.
    private void put(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(folder, "part", ".tmp"); // For its owner alone.
        Files.write(part, content);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String alternative(String name) {
        if (ADDRESS.matcher(name).matches()) {
            return "ip:" + name;
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("neither a host name nor an address: " + name);
        }
        return "dns:" + name;
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
