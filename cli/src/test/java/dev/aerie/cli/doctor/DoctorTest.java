package dev.aerie.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private static final String DEAD_BROKER = "amqp://user:hunter2@127.0.0.1:1";

    @Test
    void run_brokerAskedForButAway_failsWithoutNamingThePassword() throws Exception {
        var printed = new ByteArrayOutputStream();

        int status = new Doctor(Map.of("RABBITMQ_URL", DEAD_BROKER), () -> Map.of("yolox_nano", false))
                .run(new PrintStream(printed, true, StandardCharsets.UTF_8), true);

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

    private static String state(JsonNode json, String name) {
        return json.path("findings").findParents("name").stream()
                .filter(finding -> finding.path("name").asText().equals(name))
                .map(finding -> finding.path("state").asText())
                .findFirst()
                .orElse("not looked for");
    }
}
