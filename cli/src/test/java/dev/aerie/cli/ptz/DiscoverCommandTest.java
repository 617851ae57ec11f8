package dev.aerie.cli.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ptz.onvif.DiscoveredCamera;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class DiscoverCommandTest {

    private static final DiscoveredCamera GATE = new DiscoveredCamera(
            "urn:uuid:1",
            List.of(URI.create("http://192.0.2.64/onvif/device_service")),
            List.of(
                    "onvif://www.onvif.org/name/Gate%20%1B%5B31m",
                    "onvif://www.onvif.org/hardware/DS-1", "onvif://www.onvif.org/type/ptz"));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final DiscoverCommand command = new DiscoverCommand(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void print_camera_isOneLineWithoutControlCharacters() throws IOException {
        command.print(List.of(GATE));

        assertThat(printed.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("http://192.0.2.64/onvif/device_service  Gate ?[31m DS-1  ptz");
    }

    @Test
    void print_json_namesEveryField() throws IOException {
        new CommandLine(command).parseArgs("--json");
        command.print(List.of(GATE));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\"addresses\":[\"http://192.0.2.64/onvif/device_service\"]", "\"ptz\":true");
    }

    @Test
    void call_waitThatIsNone_isRefused() {
        new CommandLine(command).parseArgs("--seconds", "0");

        assertThatThrownBy(command::call).hasMessageContaining("--seconds is 0.0, allowed");
    }
}
