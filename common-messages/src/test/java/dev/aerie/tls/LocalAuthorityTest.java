package dev.aerie.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalAuthorityTest {

    @TempDir
    private Path folder;

    @Test
    void certify_twice_oneAuthorityTwoCertificates_forTheirOwnerAlone() throws Exception {
        var authority = new LocalAuthority(folder.resolve("tls"));
        authority.certify(List.of("relay.example.org", "192.0.2.7", "::1"));
        var first = read(authority.certificate());
        byte[] key = Files.readAllBytes(authority.key());
        authority.certify(List.of("relay.example.org"));
        var second = read(authority.certificate());

        assertThat(first.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("relay.example.org", "192.0.2.7", "0:0:0:0:0:0:0:1");
        var ca = read(authority.authority());
        assertThat(ca.getBasicConstraints()).isZero();
        first.verify(ca.getPublicKey());
        second.verify(ca.getPublicKey());
        assertThat(second).isNotEqualTo(first);
        assertThat(Files.readAllBytes(authority.key())).isNotEqualTo(key);
        try (var files = Files.list(folder.resolve("tls"))) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void certify_whatIsNoName_isRefused() {
        var authority = new LocalAuthority(folder);
        assertThatIllegalArgumentException().isThrownBy(() -> authority.certify(List.of("a,dns:evil.example")));
    }

    @Test
    void context_fileWithoutCertificates_isRefused() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        assertThatThrownBy(() -> TrustedAuthorities.context(empty)).isInstanceOf(IOException.class);
        Path torn = Files.writeString(folder.resolve("torn.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertThatThrownBy(() -> TrustedAuthorities.context(torn)).isInstanceOf(IOException.class);
    }

    private static X509Certificate read(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
