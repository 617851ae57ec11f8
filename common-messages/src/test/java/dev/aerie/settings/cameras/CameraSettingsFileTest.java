package dev.aerie.settings.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CameraSettingsFileTest {

    @TempDir
    Path folder;

    @Test
    void read_listOrObject_findsTheCameraOfAStream() throws IOException {
        var object =
                file("{\"cameras\": [{\"name\": \"gate\", \"hfov\": 60}, {\"name\": \"b\", \"stream\": \"yard\"}]}");
        var list = file("[{\"id\": \"gate\", \"ptz\": {\"hfov_degrees\": 50}}]");

        assertThat(object.fieldOfView("gate").orElseThrow().horizontalDegrees(1))
                .isEqualTo(60, within(1e-9));
        assertThat(object.ofStream("yard")).isPresent();
        assertThat(object.fieldOfView("yard")).isEmpty();
        assertThat(object.ofStream("b")).isEmpty();
        assertThat(list.fieldOfView("gate").orElseThrow().horizontalDegrees(1)).isEqualTo(50, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cameras\": 3} | cameras is 3, allowed: a list",
                "{} | settings.json.cameras is missing, allowed: a list of cameras",
                "{\"cameras\": [{\"name\": \"a\", \"hfov\": \"wide\"}]} | cameras[0].hfov is \"wide\", allowed: degrees",
                "{\"cameras\": [{\"name\": \"a\", \"hfov\": [[1, 60], [10]]}]} | hfov[1] is [10], allowed: [zoom, degrees]",
                "{\"cameras\": [{\"name\": \"a\", \"hfov\": 300}]} | 300, allowed: degrees at zoom 1",
                "{\"cameras\": [}                             | is no JSON at line 1",
            })
    void fieldOfView_wrongFile_namesPlaceValueAndWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> file(text).fieldOfView("a"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void isOne_lensFile_isNot() throws IOException {
        Path lens = Files.writeString(folder.resolve("gate.json"), "{\"fx\": 700, \"fy\": 700}");
        Path settings = Files.writeString(folder.resolve("camera_settings.json"), "{\"cameras\": []}");

        assertThat(CameraSettingsFile.isOne(lens)).isFalse();
        assertThat(CameraSettingsFile.isOne(folder.resolve("none.json"))).isFalse();
        assertThat(CameraSettingsFile.isOne(settings)).isTrue();
    }

    @Test
    void horizontalDegrees_oneEntry_followsTheTangent() {
        var view = FieldOfView.ofWidest(90);

        assertThat(view.horizontalDegrees(2)).isEqualTo(Math.toDegrees(2 * Math.atan(0.5)), within(1e-9));
    }

    @Test
    void horizontalDegrees_table_passesItsEntriesAndFallsBetween() throws IOException {
        var view = file("[{\"name\": \"a\", \"hfov\": {\"1\": 60, \"4\": 16, \"20\": 3.4}}]")
                .fieldOfView("a")
                .orElseThrow();

        assertThat(view.horizontalDegrees(1)).isEqualTo(60, within(1e-9));
        assertThat(view.horizontalDegrees(4)).isEqualTo(16, within(1e-9));
        assertThat(view.horizontalDegrees(20)).isEqualTo(3.4, within(1e-9));
        assertThat(view.horizontalDegrees(2)).isBetween(16.0, 60.0);
        assertThat(view.horizontalDegrees(40)).isEqualTo(1.7, within(0.01));
    }

    private CameraSettingsFile file(String text) throws IOException {
        return CameraSettingsFile.read(Files.writeString(folder.resolve("settings.json"), text));
    }
}
