package dev.aerie.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/dependencies.sh` on a repository of one file.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "deploy/dependencies.sh is a script of bash")
@Timeout(60)
final class PinnedDependenciesTest {

    private static final String JAR = "org/example/part/1.0/part-1.0.jar";

    private Path checkout = Path.of("");
    private Path repository = Path.of("");

    /// What a process said, and its status.
    private record Outcome(int status, String text) {}

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        checkout = folder.resolve("checkout");
        repository = folder.resolve("home/.m2/repository");
        Files.createDirectories(checkout.resolve("deploy/dependencies"));
        Files.createDirectories(checkout.resolve(".aerie/dependencies/builds"));
        Files.createDirectories(repository.resolve(JAR).getParent());
        Files.copy(
                DocumentedServices.ROOT.resolve("deploy/dependencies.sh"), checkout.resolve("deploy/dependencies.sh"));
        Files.writeString(
                checkout.resolve("deploy/dependencies/pinned.sha256"),
                Sha256.of("as published".getBytes(StandardCharsets.UTF_8)).hex() + "  " + JAR + "\n");
        Files.writeString(checkout.resolve(".aerie/dependencies/compared"), "");
        Files.writeString(repository.resolve(JAR), "as published");
        tookAlso("");
    }

    @Test
    void after_fileAsPinned_passes() throws Exception {
        assertThat(after()).isEqualTo(new Outcome(0, "dependencies: 1 files are as pinned\n"));
    }

    @Test
    void after_anotherContent_failsWithItsName() throws Exception {
        Files.writeString(repository.resolve(JAR), "as an intruder would have it");

        assertThat(after().status()).isEqualTo(1);
        assertThat(after().text()).contains("another content than pinned").endsWith(JAR + "\n");
    }

    @Test
    void after_fileThatIsNotPinned_failsWithItsName() throws Exception {
        tookAlso("org/example/other/2.0/other-2.0.pom\n");

        assertThat(after().status()).isEqualTo(1);
        assertThat(after().text()).contains("not pinned").endsWith("org/example/other/2.0/other-2.0.pom\n");
    }

    @Test
    void after_fileThatAnotherMavenTakes_isCounted() throws Exception {
        tookAlso("org/example/other/2.0/other-2.0.pom\n");
        Files.writeString(checkout.resolve("deploy/dependencies/maven-version"), "3.8.7\n");
        Files.writeString(checkout.resolve(".aerie/dependencies/maven-version"), "4.0.0\n");

        assertThat(after().status()).isZero();
        assertThat(after().text())
                .contains("1 files are not compared: Maven 4.0.0")
                .endsWith("1 files are as pinned\n");
    }

    @Test
    void after_noBuildHasWritten_fails() throws Exception {
        Files.delete(checkout.resolve(".aerie/dependencies/builds/build-1.txt"));

        assertThat(after().status()).isEqualTo(1);
        assertThat(after().text()).contains("no build has written down");
    }

    private void tookAlso(String files) throws IOException {
        Files.writeString(
                checkout.resolve(".aerie/dependencies/builds/build-1.txt"),
                "repository " + repository + "\n" + JAR + "\n" + files);
    }

    private Outcome after() throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "deploy/dependencies.sh", "after")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
