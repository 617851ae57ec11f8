package dev.aerie.ptz.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.settings.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteSettingsTest {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("aerie.root", ".."), "deploy", "examples", "camera_settings.json");

    @TempDir
    Path folder;

    @Test
    void read_example_hasEveryKey() throws IOException {
        var site = SiteSettings.read(EXAMPLE);

        var gate = site.camera("gate").orElseThrow();
        assertThat(gate.driver()).isEqualTo(Driver.ISAPI);
        var connection = gate.connection().orElseThrow();
        assertThat(connection.url()).isEqualTo(URI.create("http://192.0.2.64"));
        assertThat(connection.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(gate.fieldOfView().orElseThrow().horizontalDegrees(25)).isEqualTo(2.7, within(1e-9));
        assertThat(gate.ranges().orElseThrow().zoom()).isEqualTo(new PtzRange(1, 25));
        assertThat(gate.maxSpeed()).contains(new PtzVelocity(80, 60, 0.4));
        assertThat(gate.mounting().orElseThrow().headingDegrees()).isEqualTo(45);
        assertThat(gate.deadTime()).contains(Duration.ofMillis(350));
        assertThat(gate.patrol()).hasSize(2).first().isEqualTo(new PatrolStop("1", Duration.ofSeconds(20)));
        assertThat(site.ofStream("drone").orElseThrow().driver()).isEqualTo(Driver.SIMULATED);
    }

    @Test
    void read_example_fitsTheSchema() throws IOException {
        assertThat(schema().validate(Files.readString(EXAMPLE), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'id': 'a', 'driver': 'simulator', 'hfov': 60, 'ptz_ranges': {'pan': [-90, 90]}}]",
                "[{'name': 'a', 'hfov': 60, 'ptz': {'driver': 'hikvision', 'url': 'http://h', 'ranges': {'zoom': [1, 4]}}}]",
            })
    void read_namesOfTheSourceDocuments_areTaken(String json) throws IOException {
        var camera = SiteSettings.read(file(json)).cameras().getFirst();

        assertThat(camera.name()).isEqualTo("a");
        assertThat(camera.ranges()).isPresent();
        assertThat(camera.fieldOfView()).isPresent();
        assertThat(schema().validate(json.replace('\'', '"'), InputFormat.JSON))
                .allMatch(error -> json.contains("'ptz'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'password': 'hunter2' | password is …: a password does not belong into this file, allowed: password_env",
                "'username': 'admin' | username is there, allowed: username_env",
                "'driver': 'pelco' | driver is \"pelco\", allowed: simulated, isapi or onvif",
                "'url': 'http://admin:hunter2@h' | url is …, allowed: http://HOST",
                "'url': 'rtsp://h' | allowed: http://HOST",
                "'channel': 0 | channel is 0, allowed: a whole number from 1 to 999",
                "'timeout_seconds': 0 | timeout_seconds is 0, allowed: a number from 0.1 to 60",
                "'username_env': 'A' | password_env is missing",
                "'username_env': 'not a name', 'password_env': 'B' | allowed: the name of an environment variable",
                "'zoom_range': [0.5, 3] | zoom_range[0] is 0.5, allowed: a number from 1 to 1000",
                "'tilt_range_degrees': [10, -10] | is [10,-10], allowed: two numbers, the smaller first",
                "'hfov_degrees': 'wide' | hfov_degrees is \"wide\", allowed: degrees at zoom 1",
                "'max_speed': {'pan': 3} | max_speed.pan is unknown, allowed: pan_deg_s",
                "'mounting': {'heading': 3} | mounting.heading is unknown, allowed: east_metres",
                "'patrol': [{'preset': '1'}] | patrol[0].seconds is missing",
                "'tilt_sign': 0 | tilt_sign is 0, allowed: -1 or 1",
                "'fov': 60 | cameras[0].fov is unknown, allowed: aim,",
            })
    void read_wrongValue_namesKeyValueAndWhatIsAllowed(String field, String message) throws IOException {
        String common = "'name': 'a'" + (field.contains("driver") ? "" : ", 'driver': 'onvif'")
                + (field.contains("url") ? "" : ", 'url': 'http://h'");
        Path wrong = file("{'cameras': [{" + common + ", " + field + "}]}");

        assertThatThrownBy(() -> SiteSettings.read(wrong))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("camera_settings.json: cameras[0]")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("hunter2")
                .doesNotContain("\n");
    }

    @Test
    void read_twoCamerasOfOneName_isRefused() throws IOException {
        Path twice = file("[{'name': 'a', 'driver': 'simulated'}, {'name': 'a', 'driver': 'simulated'}]");

        assertThatThrownBy(() -> SiteSettings.read(twice)).hasMessageContaining("two cameras have the name a");
    }

    @Test
    void section_openOne_isGivenAsItStands() throws IOException {
        var site = SiteSettings.read(
                file("{'zones': [1], 'cameras': [{'name': 'a', 'driver': 'simulated', 'aim': {'mode': 'hold'}}]}"));

        assertThat(site.section("zones").orElseThrow().items()).hasSize(1);
        assertThat(site.cameras()
                        .getFirst()
                        .section("aim")
                        .orElseThrow()
                        .required("a mode", "mode")
                        .value()
                        .asText())
                .isEqualTo("hold");
    }

    @Test
    void credentials_variableNotSet_isNamed() throws IOException {
        var gate = SiteSettings.read(EXAMPLE).camera("gate").orElseThrow();
        var connection = gate.connection().orElseThrow();

        assertThat(connection.credentials("gate", Map.of("GATE_USERNAME", "u", "GATE_PASSWORD", "p")))
                .isPresent();
        assertThatThrownBy(() -> connection.credentials("gate", Map.of("GATE_USERNAME", "u")))
                .hasMessage("camera gate: GATE_PASSWORD, named by password_env, is not set");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("camera_settings.json"), json.replace('\'', '"'));
    }

    private static Schema schema() throws IOException {
        try (InputStream schema =
                Objects.requireNonNull(SiteSettings.class.getResourceAsStream("camera_settings-1.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }
}
