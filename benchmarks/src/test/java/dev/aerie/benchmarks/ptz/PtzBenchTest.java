package dev.aerie.benchmarks.ptz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class PtzBenchTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void call_oneScenarioAndCamera_printsARowPerController() throws IOException {
        assertThat(run("--seeds=2", "--scenarios=ramp", "--cameras=typical", "--json"))
                .isZero();

        JsonNode report = report();
        assertThat(report.get("rows")).hasSize(3);
        JsonNode ours = report.get("rows").get(0);
        assertThat(ours.get("controller").asText()).isEqualTo("aerie");
        assertThat(ours.get("hold_percent").asDouble()).isGreaterThanOrEqualTo(95);
        assertThat(ours.get("worst").get("hold_percent").asDouble())
                .isLessThanOrEqualTo(ours.get("hold_percent").asDouble());
        assertThat(ours.fieldNames())
                .toIterable()
                .contains(
                        "scenario",
                        "personality",
                        "rms_deg",
                        "acquire_s",
                        "overshoot_percent",
                        "commands_per_s",
                        "losses",
                        "recoveries");
    }

    @Test
    void call_json_hasTheHandoffsAndNoLatencyThatWasNotMeasured() throws IOException {
        run("--seeds=1", "--scenarios=step", "--cameras=ideal", "--json");

        JsonNode handoffs = report().get("handoffs");
        assertThat(handoffs.get("total").asInt()).isEqualTo(30);
        assertThat(handoffs.get("right").asInt()).isGreaterThanOrEqualTo(24);
        assertThat(handoffs.get("wrong").asInt())
                .isEqualTo(30 - handoffs.get("right").asInt());
        assertThat(report().get("detection_to_command_p95_ms").isNull()).isTrue();
    }

    @Test
    void call_plots_writesSmallSvgs(@TempDir Path folder) throws IOException {
        run("--seeds=1", "--scenarios=step", "--cameras=ideal", "--plots=" + folder);

        Path plot = folder.resolve("ptz-step.svg");
        assertThat(Files.readString(plot))
                .startsWith("<svg")
                .contains("proportional_tuned")
                .endsWith("</svg>\n");
        assertThat(Files.size(plot)).isLessThan(60_000);
    }

    @Test
    void call_unknownCamera_isRefused() {
        assertThat(run("--cameras=nonesuch")).isNotZero();
    }

    private int run(String... arguments) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new CommandLine(new PtzBench(out, OptionalDouble::empty)).execute(arguments);
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper()
                .readTree(printed.toString(StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                        .getLast());
    }
}
