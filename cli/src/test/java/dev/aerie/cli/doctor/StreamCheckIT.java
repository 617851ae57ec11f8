package dev.aerie.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.GstServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamCheckIT {

    @TempDir
    private Path folder;

    @Test
    void look_streamOfAnyServer_saysWhatThereIs() throws Exception {
        try (var server = GstServer.start(folder)) {
            var found = StreamCheck.look(server.url());
            assertThat(found.state()).isEqualTo(Finding.State.OK);
            assertThat(found.name()).isEqualTo("stream live");
            assertThat(found.detail()).startsWith("320 x 240, ").endsWith("without identities of an ingest-server");
        }
    }

    @Test
    void look_streamThatIsNotThere_saysSo() throws Exception {
        try (var server = GstServer.start(folder)) {
            var found = StreamCheck.look("rtsp://user:hunter2@127.0.0.1:" + server.port() + "/other");
            assertThat(found.state()).isEqualTo(Finding.State.MISSING);
            assertThat(found.detail()).contains("no such stream").doesNotContain("hunter2");
        }
    }

    @Test
    void look_nobodyThere_saysSo() {
        var found = StreamCheck.look("rtsp://user:hunter2@127.0.0.1:1/live");
        assertThat(found.state()).isEqualTo(Finding.State.MISSING);
        assertThat(found.detail()).startsWith("cannot be played").doesNotContain("hunter2");
    }
}
