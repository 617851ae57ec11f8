package dev.aerie.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What holds for the settings of every service; each has a test that extends this.
public abstract class ServiceSettings {

    private static final Set<String> READ_BY_QUARKUS = Set.of("API_PORT", "BIND_HOST", "LOG_LEVEL");

    private final String service;
    private final Settings settings;
    private final Check check;

    /// A service's check of its environment, before anything starts.
    public interface Check {
        void check(Map<String, String> environment) throws InvalidSettingException;
    }

    /// - `service`: as its table in the documentation is called
    protected ServiceSettings(String service, Settings settings, Check check) {
        this.service = service;
        this.settings = settings;
        this.check = check;
    }

    /// Asserts that a wrong value is refused with a line that names all three.
    protected final void assertRefused(String name, String value, String allowed) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> check.check(Map.of(name, value)))
                .withMessageStartingWith(name + " is '" + value + "'")
                .withMessageContaining(allowed);
    }

    @Test
    void check_emptyVariables_countAsNotSet() {
        var empty = new HashMap<String, String>();
        settings.all().forEach(setting -> empty.put(setting.name(), ""));
        assertThatCode(() -> check.check(empty)).doesNotThrowAnyException();
    }

    @Test
    void check_wrongBrokerUrl_neverRepeatsIt() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> check.check(Map.of("RABBITMQ_URL", "http://user:hunter2@broker")))
                .withMessageNotContaining("hunter2");
    }

    @Test
    void check_passwordWithoutUserName_isRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> check.check(Map.of("AERIE_PASSWORD", "hunter2")))
                .withMessageContaining("AERIE_USERNAME")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void check_beyondLoopbackWithoutPassword_isRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> check.check(Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops")))
                .withMessageContaining("AERIE_PASSWORD");
    }

    @Test
    void defaults_areAllowed() {
        for (Setting setting : settings.all()) {
            String value = setting.defaultValue();
            assertThat(value.isEmpty() || setting.accepts().test(value))
                    .as(setting.name())
                    .isTrue();
        }
    }

    /// Quarkus reads some variables itself, from its properties: they have the same default there.
    @Test
    void defaults_areThoseOfTheProperties() throws IOException {
        String properties = Files.readString(Path.of("src/main/resources/application.properties"));
        for (Setting setting : settings.all()) {
            if (READ_BY_QUARKUS.contains(setting.name())) {
                assertThat(properties).contains("${" + setting.name() + ":" + setting.defaultValue() + "}");
            }
        }
    }

    @Test
    void documentation_hasTheTableOfTheseSettings() throws IOException {
        String begin = "<!-- settings:" + service + " -->";
        String end = "<!-- /settings:" + service + " -->";
        String text = Files.readString(Path.of(System.getProperty("aerie.root"), "docs", "configuration.md"));
        assertThat(text).contains(begin, end);
        String table = text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
        assertThat(table.strip()).isEqualTo(settings.toMarkdown().strip());
    }
}
