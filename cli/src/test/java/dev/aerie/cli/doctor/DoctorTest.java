package dev.aerie.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.natives.NativeLibraries;
import dev.aerie.natives.NativeLibrary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {

    private static final String LACKING =
            "slam-service cannot start: libgomp.so.1 is missing, which OpenBLAS needs: apt-get install libgomp1";
    private static final String DEAD_BROKER = "amqp://user:hunter2@127.0.0.1:1";

    @Test
    void run_brokerAskedForButAway_failsWithoutNamingThePassword() throws Exception {
        var printed = new ByteArrayOutputStream();

        int status = new CommandLine(new Doctor(
                        Map.of("RABBITMQ_URL", DEAD_BROKER),
                        () -> Map.of("yolox_nano", false),
                        services("exit 0"),
                        new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .execute("--json");

        String text = printed.toString(StandardCharsets.UTF_8);
        JsonNode json = new ObjectMapper().readTree(text.lines().toList().getLast());
        assertThat(status).isEqualTo(1);
        assertThat(json.path("ok").booleanValue()).isFalse();
        assertThat(state(json, "broker")).isEqualTo("missing");
        assertThat(state(json, "JDK")).isEqualTo("ok");
        assertThat(state(json, "model")).isEqualTo("absent");
        assertThat(text).doesNotContain("hunter2");
    }

    @Test
    void look_camerasOfPtzConfig_saysWhatIsThereOrWrong(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("camera_settings.json");
        Map<String, String> environment = Map.of("PTZ_CONFIG", file.toString());
        assertThat(PtzSettings.look(Map.of()).state()).isEqualTo(Finding.State.ABSENT);
        assertThat(PtzSettings.look(environment)).isEqualTo(Finding.missing("PTZ_CONFIG", file + " is no file"));

        Files.writeString(file, "[{\"name\": \"gate\", \"driver\": \"simulated\"}]");
        assertThat(PtzSettings.look(environment))
                .isEqualTo(Finding.ok("PTZ_CONFIG", "gate (simulated, mounting unknown: no handoff)"));

        Files.writeString(
                file,
                "[{\"name\": \"gate\", \"driver\": \"isapi\", \"url\": \"http://192.0.2.1\","
                        + " \"username_env\": \"GATE_USER\", \"password_env\": \"GATE_PASSWORD\"}]");
        assertThat(PtzSettings.look(environment))
                .isEqualTo(Finding.missing("PTZ_CONFIG", "camera gate: GATE_USER, named by username_env, is not set"));
    }

    @Test
    void look_programThatIsNotThere_isAbsentAndSaysWhatItIsFor() {
        Finding finding = new Tool("flux", List.of("/no/such/flux", "--version"), "nothing").look();

        assertThat(finding).isEqualTo(Finding.absent("flux", "used by nothing"));
    }

    @Test
    void look_programThatFails_isAbsent() {
        assertThat(new Tool("false", List.of("/bin/false"), "nothing").look().state())
                .isEqualTo(Finding.State.ABSENT);
    }

    @Test
    void look_programThatAnswers_showsItsFirstLine() {
        var tool = new Tool("sh", List.of("/bin/sh", "-c", "echo; echo 'version 7'; echo more"), "nothing");

        assertThat(tool.look()).isEqualTo(Finding.ok("sh", "version 7"));
    }

    @Test
    void look_serviceThatLoadsAll_isOk() {
        Finding finding = services("echo all 12 native libraries load").look().get(1);

        assertThat(finding).isEqualTo(Finding.ok("frame-processor", "all 12 native libraries load"));
    }

    @Test
    void look_serviceThatLacksALibrary_isMissingWithTheServicesLine() {
        Finding finding = services("echo a warning; echo '%s' >&2; exit 2".formatted(LACKING))
                .look()
                .get(2);

        assertThat(finding).isEqualTo(Finding.missing("slam-service", LACKING));
    }

    @Test
    void look_devicesThatLackALibrary_areAbsentWithItsPackage() {
        Finding finding = services("exit 0").look().getLast();

        assertThat(finding.state()).isEqualTo(Finding.State.ABSENT);
        assertThat(finding.detail())
                .isEqualTo("libpulse.so.0 is missing, which FFmpeg avdevice needs: apt-get install libpulse0");
    }

    @Test
    void findings_always_nameThePortOfEveryService() {
        var doctor = new Doctor(Map.of(), Map::of, services("exit 0"), System.out);

        assertThat(doctor.findings())
                .extracting(Finding::name)
                .contains("port 8554", "port 5001", "port 5002", "port 5003", "port 5004");
    }

    /// Whose every service is a shell that runs `script`, and whose device library lacks libpulse.
    private static ServiceLibraries services(String script) {
        NativeLibrary.Load load = () -> {
            throw new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file: No such file or directory");
        };
        return new ServiceLibraries(
                _ -> List.of("/bin/sh", "-c", script),
                NativeLibraries.of(List.of(new NativeLibrary("FFmpeg avdevice", load))));
    }

    private static String state(JsonNode json, String name) {
        return json.path("findings").findParents("name").stream()
                .filter(finding -> finding.path("name").asText().equals(name))
                .map(finding -> finding.path("state").asText())
                .findFirst()
                .orElse("not looked for");
    }
}
