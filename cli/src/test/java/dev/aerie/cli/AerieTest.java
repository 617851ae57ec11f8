package dev.aerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AerieTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"eval vos some/dir, eval vos", "eval mot x --json, eval mot", "replay r1 --speed 2, replay r1"})
    void execute_partNotBuilt_saysSoInOneLineAndReturns2(String arguments, String named) {
        int status = execute(arguments.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("aerie: " + named + " is not built yet");
    }

    @Test
    void execute_unknownCommand_returnsUsageError() {
        assertThat(execute("fly")).isEqualTo(2);
    }

    private int execute(String... arguments) {
        return Aerie.commandLine(new PrintStream(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }
}
