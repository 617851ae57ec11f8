package dev.aerie.cli.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.auth.Role;
import dev.aerie.auth.TokenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TokenCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void add_name_printsATokenThatTheFileKnowsAndDoesNotHold() throws IOException {
        Path file = folder.resolve("new").resolve("tokens");
        assertThat(run(file, "add", "ana", "operator")).isZero();
        String token = out.toString(StandardCharsets.UTF_8).strip();
        assertThat(file).content().contains("ana operator sha256:").doesNotContain(token);
        assertThat(new TokenFile(file, System::nanoTime).find(token)).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo("ana");
            assertThat(found.role()).isEqualTo(Role.OPERATOR);
        });
        assertThat(run(file, "remove", "ana")).isZero();
        assertThat(new TokenFile(file, System::nanoTime).find(token)).isEmpty();
        assertThat(run(file, "remove", "ana")).isEqualTo(1);
    }

    @Test
    void add_roleThatIsNone_isRefused() {
        var command = new TokenCommand(Map.of(), print(out), print(err));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> command.add("ana", "root", folder.resolve("tokens")))
                .withMessageContaining("viewer, operator or admin");
    }

    private int run(Path file, String... arguments) {
        var environment = Map.of("AERIE_TOKENS", file.toString());
        return new CommandLine(new TokenCommand(environment, print(out), print(err))).execute(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
