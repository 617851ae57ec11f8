package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PlayRequestTest {

    private static final String SDP = "v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=control:trackID=0\r\n";

    @ParameterizedTest
    @CsvSource({
        "rtsp://h/s, trackID=0, rtsp://h/s/trackID=0",
        "rtsp://h/s/, stream=0, rtsp://h/s/stream=0",
        "rtsp://h/s, rtsp://h/other/track1, rtsp://h/other/track1",
        "rtsp://h/s, *, rtsp://h/s"
    })
    void trackUrl_controlOfTheVideo_isResolvedAgainstTheBase(String base, String control, String expected) {
        String sdp =
                "v=0\r\na=control:*\r\nm=audio 0 RTP/AVP 8\r\na=control:audio\r\nm=video 0 RTP/AVP 96\r\na=control:"
                        + control + "\r\n";

        assertThat(PlayRequest.trackUrl(base, sdp)).isEqualTo(expected);
    }

    @Test
    void play_serverSendsMediaBeforeItsAnswer_skipsItAndLeavesWhatFollows() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var asked = CompletableFuture.supplyAsync(() -> serve(server));
            URI url = URI.create("rtsp://127.0.0.1:" + server.getLocalPort() + "/s");
            try (var channel = PlayRequest.play(url, 0)) {
                var next = ByteBuffer.allocate(1);
                channel.read(next);

                assertThat(next.get(0)).isEqualTo((byte) '$');
                assertThat(asked.join())
                        .containsExactly(
                                "DESCRIBE " + url + " RTSP/1.0",
                                "SETUP " + url + "/trackID=0 RTSP/1.0",
                                "PLAY " + url + " RTSP/1.0");
            }
        }
    }

    @Test
    void play_unknownStream_saysWhatTheServerAnswered() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var served = CompletableFuture.runAsync(() -> refuse(server));
            URI url = URI.create("rtsp://127.0.0.1:" + server.getLocalPort() + "/s");

            assertThatThrownBy(() -> PlayRequest.play(url, 0))
                    .hasMessage("DESCRIBE was answered RTSP/1.0 404 Not Found");
            served.join();
        }
    }

    private static List<String> serve(ServerSocket server) {
        try (Socket socket = server.accept()) {
            var asked = new ArrayList<String>();
            asked.add(request(socket));
            answer(socket, "Content-Length: " + SDP.length() + "\r\n\r\n" + SDP);
            asked.add(request(socket));
            answer(socket, "Session: 12;timeout=60\r\n\r\n");
            asked.add(request(socket));
            socket.getOutputStream().write(new byte[] {'$', 0, 0, 3, 1, '\n', 3});
            answer(socket, "\r\n");
            socket.getOutputStream().write('$');
            return asked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept()) {
            request(socket);
            socket.getOutputStream()
                    .write("RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(Socket socket, String headersAndBody) throws IOException {
        socket.getOutputStream()
                .write(("RTSP/1.0 200 OK\r\nCSeq: 1\r\n" + headersAndBody).getBytes(StandardCharsets.US_ASCII));
    }

    /// The first line of the next request; empty at the end of the connection.
    private static String request(Socket socket) throws IOException {
        var text = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0 && !text.toString().endsWith("\r\n\r"); c = in.read()) {
            text.append((char) c);
        }
        return text.toString().lines().findFirst().orElse("");
    }
}
