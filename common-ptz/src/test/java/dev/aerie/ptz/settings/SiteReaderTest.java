package dev.aerie.ptz.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteReaderTest {

    private static final double ASPECT = 16 / 9.0;

    @TempDir
    Path folder;

    @Test
    void read_camerasWithAndWithoutMounting_thoseWithAreOnTheSite() throws IOException {
        var site = SiteReader.read(settings("""
                        {"site": {"ground_up_metres": 2},
                         "cameras": [
                          {"name": "gate", "driver": "simulated", "hfov_degrees": [[1, 60], [10, 6.6]],
                           "mounting": {"east_metres": 5, "up_metres": 6, "heading_degrees": 90},
                           "handoff": {"max_distance_metres": 25}},
                          {"name": "yard", "driver": "simulated", "hfov_degrees": 60}]}
                        """), ASPECT);

        assertThat(site.groundUpMetres()).isEqualTo(2);
        assertThat(site.cameras()).extracting(SiteCamera::name).containsExactly("gate");
        var gate = site.cameras().getFirst();
        assertThat(gate.mounting()).isEqualTo(MountingPose.upright(5, 0, 6, 90));
        assertThat(gate.lens().fieldsOfView()).hasSize(2);
        assertThat(gate.reach().minDistanceMetres()).isEqualTo(3);
        assertThat(gate.reach().maxDistanceMetres()).isEqualTo(25);
    }

    @Test
    void read_distancesInTheWrongOrder_saysSo() {
        assertThatThrownBy(() -> SiteReader.read(settings("""
                                {"cameras": [{"name": "gate", "driver": "simulated",
                                 "handoff": {"min_distance_metres": 9, "max_distance_metres": 8}}]}
                                """), ASPECT))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("max_distance_metres above min_distance_metres");
    }

    private SiteSettings settings(String json) throws IOException {
        return SiteSettings.read(Files.writeString(folder.resolve("camera_settings.json"), json));
    }
}
