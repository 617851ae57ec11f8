package dev.aerie.ptz.independent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.auth.Credentials;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.RecordingDevice;
import dev.aerie.ptz.device.onvif.OnvifFeatures;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Login;
import dev.aerie.ptz.device.onvif.OnvifServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two ONVIF libraries of npm drive our server: one that sends a user name token or answers HTTP Digest, and one that
/// knows the token alone.
final class OtherOnvifClientsIT {

    private static final List<String> PACKAGES = List.of("onvif@0.8.3", "node-onvif@0.1.7");
    private static final Credentials OPERATOR = new Credentials("operator", "s3cret-word");

    @TempDir
    static Path folder;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(runs(Map.of(), "node", "--version"), "skipped: no Node.js on this machine");
        Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
        assumeTrue(
                runs(Map.of(), "npm", "install", "--no-audit", "--no-fund", PACKAGES.get(0), PACKAGES.get(1)),
                "skipped: npm cannot install " + PACKAGES);
        try (var script = Objects.requireNonNull(OtherOnvifClientsIT.class.getResourceAsStream("drive.cjs"))) {
            Files.copy(script, folder.resolve("drive.cjs"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "onvif by token, USERNAME_TOKEN, by onvif",
        "onvif by digest, HTTP_DIGEST, by onvif",
        "node-onvif, USERNAME_TOKEN, by node-onvif"
    })
    void drive_otherLibrary_movesOurCamera(String library, Login login, String preset) throws Exception {
        var device = new RecordingDevice();
        var features = OnvifFeatures.of("gate", URI.create("rtsp://127.0.0.1:8554/gate"))
                .withLogins(login);
        try (var server = OnvifServer.start(device, features, DeviceServerConfig.onLoopback(OPERATOR))) {
            var output = new StringBuilder();
            boolean passed = runs(
                    Map.of("PASSWORD", OPERATOR.password()),
                    output,
                    "node",
                    "drive.cjs",
                    library,
                    Integer.toString(server.uri().getPort()),
                    OPERATOR.user());

            assertThat(passed).as(output.toString()).isTrue();
            assertThat(output.toString())
                    .contains("uri \"rtsp://127.0.0.1:8554/gate\"")
                    .contains("position [0.5,-1,0.5,\"IDLE\"]");
            assertThat(device.takeCommands())
                    .containsExactly(
                            "moveTo 85.000 -90.000 11.000",
                            "moveBy -85.000 60.000 1.000",
                            "moveAt 50.000 -25.000 0.050 2000 ms",
                            "stop",
                            "savePreset 1 " + preset,
                            "goToPreset 1",
                            "removePreset 1");
        }
    }

    private static boolean runs(Map<String, String> environment, String... command) throws Exception {
        return runs(environment, new StringBuilder(), command);
    }

    private static boolean runs(Map<String, String> environment, StringBuilder output, String... command)
            throws Exception {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            output.append(process.inputReader().readAllAsString());
            return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false; // no such program
        }
    }
}
