package dev.aerie.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service does not serve a network without credentials, whichever way its address is set.
final class OpenDoorIT {

    private static final Map<String, String> SETTINGS = Map.of("RTSP_PORT", "0", "RABBITMQ_URL", "amqp://127.0.0.1:1");

    @TempDir
    private Path folder;

    @Test
    void start_openByASystemProperty_isRefused() throws Exception {
        assertRefused("quarkus.http.host", List.of("-Dquarkus.http.host=0.0.0.0"), Map.of());
        assertRefused("quarkus.http.host", List.of("-DBIND_HOST=0.0.0.0"), Map.of());
    }

    @Test
    void start_openByAnotherVariable_isRefused() throws Exception {
        assertRefused("quarkus.http.host", List.of(), Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"));
        assertRefused("BIND_HOST of RTSP and RTMP", List.of(), Map.of("INGEST_BIND_HOST", "0.0.0.0"));
    }

    @Test
    void start_openByAFile_isRefused() throws Exception {
        Files.writeString(folder.resolve(".env"), "BIND_HOST=0.0.0.0\n");
        assertRefused("quarkus.http.host", List.of(), Map.of());
        Files.delete(folder.resolve(".env"));
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("application.properties"), "quarkus.http.host=0.0.0.0\n");
        assertRefused("quarkus.http.host", List.of(), Map.of());
    }

    private void assertRefused(String setting, List<String> options, Map<String, String> more)
            throws IOException, InterruptedException {
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        var ending = PackagedService.refusal(options, settings, folder);
        assertThat(ending.printed())
                .contains(setting + " is '0.0.0.0', beyond loopback, allowed only with AERIE_PASSWORD, AERIE_USERNAME");
        assertThat(ending.status()).as(ending.printed()).isEqualTo(2);
    }
}
