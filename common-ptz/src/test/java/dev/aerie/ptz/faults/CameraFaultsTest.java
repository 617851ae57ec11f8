package dev.aerie.ptz.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aerie.auth.Credentials;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.RecordingDevice;
import dev.aerie.ptz.faults.FaultSwitch.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What goes wrong with a camera becomes an exception that says why, in time, and without its secrets.
final class CameraFaultsTest {

    private static final Credentials OPERATOR = new Credentials("operator", "hunter2-hunter2");
    private static final Duration TIMEOUT = Duration.ofMillis(1500);
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final PtzVelocity RIGHT = new PtzVelocity(10, 0, 0);

    private final RecordingDevice device = new RecordingDevice();
    private final FaultSwitch fault = new FaultSwitch();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        fault.release();
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anyCall_nothingListens_isUnreachableAtOnce(Protocol protocol) throws Exception {
        var camera = open(protocol, freePort(), OPERATOR, PATIENT);

        long beganNanos = System.nanoTime();
        var failure = failure(camera::stop);

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(PATIENT);
        assertThat(failure).hasMessageContaining("camera gate: ").hasMessageContaining("no connection");
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS_503, BUSY",
        "HANG, UNREACHABLE",
        "HANG_IN_BODY, UNREACHABLE",
        "WEB_PAGE, MALFORMED_ANSWER",
        "OTHER_DOCUMENT, MALFORMED_ANSWER",
        "FLOOD, MALFORMED_ANSWER"
    })
    void position_faultyCamera_saysWhy(Kind kind, Reason reason) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            int port = serve(protocol, freePort());
            var camera = open(protocol, port, OPERATOR, TIMEOUT);
            fault.set(Kind.NONE);
            camera.capabilities();
            fault.set(kind);

            long beganNanos = System.nanoTime();
            var failure = failure(camera::position);

            assertThat(failure.reason())
                    .as(protocol + ": " + failure.getMessage())
                    .isEqualTo(reason);
            // far below the 30 s of a hanging camera, far above what a busy machine adds
            assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(TIMEOUT.multipliedBy(6));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void stop_cameraRecovers_works(Protocol protocol) throws Exception {
        var camera = open(protocol, serve(protocol, freePort()), OPERATOR, TIMEOUT);
        camera.moveAt(RIGHT, Duration.ofSeconds(1));
        fault.set(Kind.HANG);
        assertThat(failure(camera::stop).reason()).isEqualTo(Reason.UNREACHABLE);
        fault.set(Kind.NONE);
        device.takeCommands();

        camera.stop();

        assertThat(device.takeCommands()).containsExactly("stop");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anyCall_wrongPassword_isRefusedAndNotRepeated(Protocol protocol) throws Exception {
        int port = serve(protocol, freePort());
        var camera = open(protocol, port, new Credentials("operator", "wrong-hunter2"), PATIENT);

        assertThat(failure(camera::capabilities).reason()).isEqualTo(Reason.UNAUTHORIZED);
        fault.set(Kind.NONE);
        for (int i = 0; i < 10; i++) {
            assertThat(failure(() -> camera.moveAt(RIGHT, Duration.ofSeconds(1)))
                            .reason())
                    .isEqualTo(Reason.UNAUTHORIZED);
        }

        assertThat(fault.requests()).as("requests that could lock the account").isZero();
        assertThat(device.takeCommands()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void stop_cameraRebootsInMidMove_isUnreachableThenWorks(Protocol protocol) throws Exception {
        int port = freePort();
        var first = protocol.serve(device, config(port, InstantSource.system()));
        opened.add(first);
        var camera = open(protocol, port, OPERATOR, PATIENT);
        camera.moveAt(RIGHT, Duration.ofSeconds(5));

        first.close();
        assertThat(failure(camera::stop).reason()).isEqualTo(Reason.UNREACHABLE);
        var other = new RecordingDevice();
        opened.add(protocol.serve(other, config(port, InstantSource.offset(InstantSource.system(), hours(-20)))));
        camera.stop();
        camera.moveTo(new PtzPosition(10, -10, 2));

        assertThat(other.takeCommands()).containsExactly("stop", "moveTo 10.000 -10.000 2.000");
    }

    @ParameterizedTest
    @CsvSource({"5", "-7", "-200000"})
    void moveAt_clockHoursOff_works(long hours) throws Exception {
        int port = freePort();
        opened.add(Protocol.ONVIF_BY_TOKEN.serve(
                device, config(port, InstantSource.offset(InstantSource.system(), hours(hours)))));
        var camera = open(Protocol.ONVIF_BY_TOKEN, port, OPERATOR, PATIENT);

        camera.moveAt(RIGHT, Duration.ofSeconds(1));

        assertThat(device.takeCommands()).containsExactly("moveAt 10.000 0.000 0.000 1000 ms");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anyCall_answerIsNoHttp_isMalformed(Protocol protocol) throws Exception {
        var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        opened.add(server);
        Thread.ofVirtual().start(() -> answerGarbage(server));
        var camera = open(protocol, server.getLocalPort(), OPERATOR, PATIENT);

        assertThat(failure(camera::capabilities).reason()).isEqualTo(Reason.MALFORMED_ANSWER);
    }

    /// Answers every connection with what no HTTP client understands.
    private static void answerGarbage(ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                int read = socket.getInputStream().read(new byte[8192]);
                assertThat(read).isPositive();
                socket.getOutputStream().write("\u0001\u0002 220 smtp ready\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // the test has ended
            }
        }
    }

    /// Checks on the way that no secret is in it.
    private static PtzException failure(ThrowingCallable call) {
        var failure = catchThrowableOfType(PtzException.class, call);
        assertThat(failure).isNotNull();
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain("hunter2").doesNotContain("operator");
        return failure;
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    private int serve(Protocol protocol, int port) throws IOException {
        opened.add(protocol.serve(device, config(port, InstantSource.system())));
        return port;
    }

    private DeviceServerConfig config(int port, InstantSource clock) {
        return DeviceServerConfig.onLoopback(OPERATOR)
                .withPort(port)
                .withClock(clock)
                .withFilters(fault);
    }

    private PtzCamera open(Protocol protocol, int port, Credentials credentials, Duration timeout) {
        var camera = protocol.open(port, credentials, timeout);
        opened.add(camera);
        return camera;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
