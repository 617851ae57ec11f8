package dev.aerie.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileTest {

    @TempDir
    private Path folder;

    private Path file;
    private long nanos;

    @BeforeEach
    void name() {
        file = folder.resolve("tokens");
    }

    @Test
    void find_tokenThatWasAdded_isWhose_othersAreNobodys() throws IOException {
        String viewer = add("ana", Role.VIEWER);
        String admin = add("bo", Role.ADMIN);
        var tokens = open();
        assertThat(tokens.find(viewer)).map(ApiToken::role).contains(Role.VIEWER);
        assertThat(tokens.find(admin)).map(ApiToken::name).contains("bo");
        assertThat(tokens.find("")).isEmpty();
        assertThat(tokens.find(viewer + "x")).isEmpty();
        assertThat(tokens.find(ApiToken.hash(viewer)))
                .as("what the file holds opens nothing")
                .isEmpty();
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void find_afterTheFileChanged_followsIt_andKeepsWhatItHadWhereItIsBroken() throws IOException {
        String token = add("ana", Role.VIEWER);
        var tokens = open();
        Files.writeString(file, "nonsense");
        change(1);
        assertThat(tokens.find(token)).isPresent();
        Files.writeString(file, "# nobody\n\n");
        change(2);
        assertThat(tokens.find(token)).isEmpty();
    }

    @Test
    void add_nameThatIsThere_isRefused() throws IOException {
        add("ana", Role.VIEWER);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> add("ana", Role.ADMIN))
                .withMessageContaining("ana already");
    }

    @Test
    void open_lineThatIsNone_isNamed() throws IOException {
        add("ana", Role.VIEWER);
        Files.writeString(file, Files.readString(file) + "bo root sha256:00\n");
        assertThatExceptionOfType(IOException.class).isThrownBy(this::open).withMessageContaining("line 2");
    }

    @Test
    void covers_roles_eachWhatThoseBeforeItMay() {
        assertThat(Role.ADMIN.covers(Role.VIEWER)).isTrue();
        assertThat(Role.OPERATOR.covers(Role.OPERATOR)).isTrue();
        assertThat(Role.OPERATOR.covers(Role.ADMIN)).isFalse();
        assertThat(Role.VIEWER.covers(Role.OPERATOR)).isFalse();
    }

    private TokenFile open() throws IOException {
        return new TokenFile(file, () -> nanos);
    }

    private String add(String name, Role role) throws IOException {
        String token = ApiToken.make(new SecureRandom());
        TokenFile.add(file, ApiToken.of(name, role, token));
        return token;
    }

    private void change(int minute) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plus(Duration.ofMinutes(minute))));
        nanos += Duration.ofSeconds(2).toNanos();
    }
}
