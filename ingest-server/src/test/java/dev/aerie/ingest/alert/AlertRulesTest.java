package dev.aerie.ingest.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertRulesTest {

    private static final AlertRule GATE = new AlertRule(
            "drone",
            List.of("person"),
            0.5,
            new AlertZone(List.of(List.of(0.0, 0.0), List.of(1.0, 0.0), List.of(0.5, 1.0))),
            3.0,
            0.25);

    @TempDir
    Path folder;

    @Test
    void put_withAFile_isThereAfterARestart() throws IOException {
        Path file = folder.resolve("rules.json");
        var rules = new AlertRules(Optional.of(file));
        rules.put("gate", GATE);
        rules.put("any", new AlertRule(null, null, null, null, null, null));
        rules.remove("any");

        assertThat(new AlertRules(Optional.of(file)).all()).hasSize(1).containsEntry("gate", GATE);
        assertThat(Files.readString(file)).contains("\"min_speed_widths_s\" : 0.25", "\"dwell_s\" : 3.0");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> rules.remove("any"));
    }

    @Test
    void put_fileThatCannotBeWritten_changesNothing() throws IOException {
        var rules = new AlertRules(Optional.of(folder.resolve("gone").resolve("rules.json")));

        assertThatThrownBy(() -> rules.put("gate", GATE)).isInstanceOf(IOException.class);

        assertThat(rules.all()).isEmpty();
    }

    @Test
    void put_tooMany_isRefused_replacingIsNot() throws IOException {
        var rules = new AlertRules(Optional.empty());
        for (int i = 0; i < AlertRules.MAX_RULES; i++) {
            rules.put("rule-" + i, GATE);
        }
        rules.put("rule-0", GATE);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rules.put("one-more", GATE));
    }

    @Test
    void read_noRules_isRefused() throws IOException {
        for (String text :
                List.of("[]", "{\"Not a name\":{}}", "{\"gate\":{\"zone\":[[0,0]]}}", "{\"gate\":null}", "")) {
            Path file = Files.writeString(folder.resolve("wrong.json"), text);
            assertThatThrownBy(() -> new AlertRules(Optional.of(file)))
                    .as(text)
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }
}
