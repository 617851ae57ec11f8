package dev.aerie.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever may add sources may not choose what this machine reads.
final class SourceRulesTest {

    @TempDir
    private Path folder;

    private Path videos;
    private Path secret;

    @BeforeEach
    void fill() throws IOException {
        videos = Files.createDirectories(folder.resolve("videos"));
        Files.createDirectories(videos.resolve("day"));
        Files.writeString(videos.resolve("day").resolve("flight.mp4"), "video");
        secret = Files.writeString(folder.resolve("secret.txt"), "a secret");
    }

    @Test
    void file_belowTheFolder_isRead() throws IOException {
        Path flight = videos.resolve("day").resolve("flight.mp4").toRealPath();
        assertThat(file("day/flight.mp4")).isEqualTo(flight);
        assertThat(file(flight.toString())).isEqualTo(flight);
        assertThat(file("day/../day/flight.mp4")).isEqualTo(flight);
        Files.createSymbolicLink(videos.resolve("newest.mp4"), flight);
        assertThat(file("newest.mp4")).isEqualTo(flight);
    }

    @Test
    void file_elsewhere_isRefusedAsOneThatIsNotThere() throws IOException {
        Files.createSymbolicLink(videos.resolve("link.mp4"), secret);
        Files.createSymbolicLink(videos.resolve("folder"), folder);
        for (String path : List.of(
                secret.toString(),
                "../secret.txt",
                "day/../../secret.txt",
                "link.mp4",
                "folder/secret.txt",
                "/etc/passwd",
                "/nowhere/at/all.mp4",
                "gone.mp4",
                "day",
                "")) {
            assertThatExceptionOfType(IOException.class)
                    .as(path)
                    .isThrownBy(() -> file(path))
                    .withMessage("there is no file " + path + " below SOURCE_FILES");
        }
    }

    @Test
    void file_folderThatIsNotThere_hasNone() {
        var rules = new SourceRules(folder.resolve("none"), new SourceHosts(List.of()));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rules.file("a.mp4"));
    }

    /// The cloud's own address in many forms, and others that are no camera's.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://169.254.169.254/latest/meta-data",
                "rtsp://user:password@169.254.169.254:80/",
                "rtsp://[::ffff:169.254.169.254]/x",
                "rtsp://[fe80::1]/x",
                "rtsp://[fd00:ec2::254]/x",
                "rtsp://100.100.100.200/x",
                "rtsp://0.0.0.0:5001/x",
                "rtsp://224.0.0.1/x",
            })
    void host_thatNoCameraHas_isRefused(String url) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SourceHosts(List.of()).require(url))
                .withMessageContaining("SOURCE_HOSTS");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, rtsp://10.7.0.9/live, true",
        "10.0.0.0/8, rtsp://11.0.0.9/live, false",
        "10.0.0.0/8, rtsp://127.0.0.1:5001/live, false",
        "10.0.0.7, rtsp://10.0.0.7/live, true",
        "10.0.0.7, rtsp://10.0.0.8/live, false",
        "localhost, rtsp://LOCALHOST/live, true",
        "127.0.0.1, rtsp://169.254.169.254/live, false",
        "169.254.0.0/16, rtsp://169.254.7.7/live, true",
        "fd00::/8, rtsp://[fd12::1]/live, true",
        "fd00::/8, rtsp://[fe12::1]/live, false",
        "fd00:0::1, rtsp://[fd00::1]/live, true",
    })
    void host_withAList_isOneOfIt(String listed, String url, boolean allowed) {
        var hosts = new SourceHosts(List.of(listed));
        if (allowed) {
            assertThatCode(() -> hosts.require(url)).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> hosts.require(url));
        }
    }

    @Test
    void host_withoutAList_isAnyOther() {
        for (String url : List.of("rtsp://10.0.0.7/live", "rtsp://127.0.0.1:8554/x", "rtsp://[fd12::1]/x")) {
            assertThatCode(() -> new SourceHosts(List.of()).require(url)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "camera/8", "/8"})
    void network_thatIsNone_isInvalid(String list) {
        assertThat(SourceHosts.isValid("camera-1," + list)).isFalse();
    }

    private Path file(String path) throws IOException {
        return new SourceRules(videos, new SourceHosts(List.of())).file(path);
    }
}
