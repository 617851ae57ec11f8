package dev.aerie.ingest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestSettingsTest extends ServiceSettings {

    IngestSettingsTest() {
        super("ingest-server", IngestServer.SETTINGS, IngestServer::check);
    }

    @Test
    void check_invalidValue_namesVariableValueAndRange() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IngestServer.check(Map.of("API_PORT", "99999")))
                .withMessage("API_PORT is '99999', allowed: 0..65535");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IngestServer.check(Map.of("STREAM_NAME", "Drone")))
                .withMessageContaining("[a-z0-9]");
    }

    @Test
    void check_wrongSources_neverRepeatsThem() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IngestServer.check(Map.of("SOURCES", "cam=ftp://user:hunter2@camera/")))
                .withMessageNotContaining("hunter2")
                .withMessageContaining("SOURCES");
    }

    @Test
    void check_beyondLoopbackWithTokens_needsNoPasswordOfHttp(@TempDir Path folder) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("BIND_HOST", "0.0.0.0");
        environment.put("TLS_TERMINATED", "true");
        environment.put(
                "AERIE_TOKENS", Files.createFile(folder.resolve("tokens")).toString());
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IngestServer.check(environment))
                .withMessageContaining("RTSP_READ_USERNAME")
                .withMessageNotContaining("AERIE_USERNAME");
        for (String name : new String[] {"RTSP_READ", "RTSP_PUBLISH"}) {
            environment.put(name + "_USERNAME", "u");
            environment.put(name + "_PASSWORD", "p");
        }
        assertThatCode(() -> IngestServer.check(environment)).doesNotThrowAnyException();
    }

    @Test
    void check_beyondLoopbackWithoutEveryCredential_isRefused() {
        var environment = new HashMap<>(Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "u", "AERIE_PASSWORD", "p"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IngestServer.check(environment))
                .withMessageContaining("RTSP_READ_USERNAME, RTSP_READ_PASSWORD, RTSP_PUBLISH_USERNAME");
        for (String name : new String[] {"RTSP_READ", "RTSP_PUBLISH"}) {
            environment.put(name + "_USERNAME", "u");
            environment.put(name + "_PASSWORD", "p");
        }
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IngestServer.check(environment))
                .withMessageContaining("TLS_CERTIFICATE with TLS_KEY, or TLS_TERMINATED=true");
        environment.put("TLS_TERMINATED", "true");
        assertThatCode(() -> IngestServer.check(environment)).doesNotThrowAnyException();
        for (String loopback : new String[] {"127.0.0.1", "127.1.2.3", "::1", "localhost"}) {
            assertThatCode(() -> IngestServer.check(Map.of("BIND_HOST", loopback)))
                    .doesNotThrowAnyException();
        }
    }
}
