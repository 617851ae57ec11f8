package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.auth.Credentials;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.client.TcpUnits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RtspUsersTest {

    private static final long A_SECOND_NANOS = 1_000_000_000L;
    private static final String USERS = """
            # who may do what
            ana   read     cam-*  secret of ana
            gate  publish  gate   s3nd
            gate  read     gate   s3nd
            """;

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("users");
        write(USERS);
    }

    @Test
    void find_userActionAndStream_mustAllFit() throws IOException {
        var users = new RtspUsers(file, nanos::get);
        assertThat(users.find(RtspAction.READ, "cam-1", "ana"))
                .hasValueSatisfying(found -> assertThat(found.password()).isEqualTo("secret of ana"));
        assertThat(users.find(RtspAction.READ, "gate", "ana")).isEmpty();
        assertThat(users.find(RtspAction.PUBLISH, "cam-1", "ana")).isEmpty();
        assertThat(users.find(RtspAction.PUBLISH, "gate", "gate")).isPresent();
        assertThat(users.find(RtspAction.READ, "cam-1", "bo")).isEmpty();
    }

    @Test
    void find_afterTheFileChanged_followsIt() throws IOException {
        var users = new RtspUsers(file, nanos::get);
        write("bo read * pw\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        nanos.addAndGet(A_SECOND_NANOS);
        assertThat(users.find(RtspAction.READ, "gate", "bo")).isPresent();
        assertThat(users.find(RtspAction.READ, "cam-1", "ana")).isEmpty();
    }

    @Test
    void open_fileThatOthersCanRead_orALineThatIsNone_isRefused() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new RtspUsers(file, nanos::get)).hasMessageContaining("chmod 600");
        write("ana watch cam-* secret\n");
        assertThatThrownBy(() -> new RtspUsers(file, nanos::get))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "*, drone, true",
        "drone, drone, true",
        "drone, drone2, false",
        "cam-*, cam-, true",
        "*/overlay, drone/overlay, true",
        "*/overlay, drone, false",
        "a*b*c, aXXbYYc, true",
        "a*b*c, aXXbYY, false",
    })
    void matches_star_standsForAnyCharacters(String pattern, String stream, boolean matches) {
        assertThat(RtspUsers.matches(pattern, stream)).isEqualTo(matches);
    }

    @Test
    void relay_letsEachUserToItsStreamsAlone() throws Exception {
        var access =
                new RtspAccess(Optional.empty(), Optional.empty()).withUsers(new RtspUsers(file, System::nanoTime));
        try (var relay =
                new RelayUnderTest(RtspServerConfig.defaults("127.0.0.1", 0).withAccess(access))) {
            relay.loop("cam-1", TestClip.shortGroups());
            relay.loop("gate", TestClip.shortGroups());
            read(relay.url("cam-1"), "ana:secret%20of%20ana@");
            read(relay.url("gate"), "gate:s3nd@");
            assertThatThrownBy(() -> read(relay.url("gate"), "ana:secret%20of%20ana@"))
                    .hasMessageContaining("401");
            assertThatThrownBy(() -> read(relay.url("cam-1"), "gate:s3nd@")).hasMessageContaining("401");
            assertThatThrownBy(() -> read(relay.url("cam-1"), "")).hasMessageContaining("401");
            try (var client = new RawClient(relay.server.port())) {
                assertThat(client.request("ANNOUNCE", relay.url("cam-2")).status())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void find_readerOfTheFleetsOwn_mayReadAndNothingElse() {
        var reader = new Credentials("reader", "r3ad");
        var own = new Credentials("go2rtc", "of this start");
        var access = new RtspAccess(
                Optional.of(new Credentials("cam", "s3nd")),
                Optional.of(reader),
                Optional.of(own),
                Optional.empty(),
                false);
        assertThat(access.find(RtspAction.READ, "gate", "go2rtc")).contains(own);
        assertThat(access.find(RtspAction.READ, "gate", "reader")).contains(reader);
        assertThat(access.find(RtspAction.PUBLISH, "gate", "go2rtc")).isEmpty();
        assertThat(access.find(RtspAction.READ, "gate", "cam")).isEmpty();
    }

    private static void read(String url, String user) throws IOException {
        try (var units = TcpUnits.live(RtspConfig.of("cam", url.replace("://", "://" + user)))
                .open()) {
            units.next();
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
