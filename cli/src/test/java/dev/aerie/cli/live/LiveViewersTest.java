package dev.aerie.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.cli.rerun.LogMessage;
import dev.aerie.cli.rerun.ReadChunk;
import dev.aerie.cli.rerun.RrdReader;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoCodec;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A viewer that is called, and viewers that come. Rerun's own viewer was tried by hand: `docs/interfaces.md`.
final class LiveViewersTest {

    private static final long CAPTURED = 1_763_712_000_123_456_789L;
    private static final byte[] ANNEX_B = {0, 0, 0, 1, 0x65, 1, 2, 3};
    private static final List<String> FRAME_ROW =
            List.of("rerun.controls.RowId", "frame", "capture_time", "VideoStream:sample");

    private final Vertx vertx = Vertx.vertx();
    private final LiveLog log = new LiveLog();
    private final LiveRecording recording = new LiveRecording(log, "drone", OptionalDouble.of(70));
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        var _ = vertx.close();
    }

    @Test
    @SuppressWarnings("try") // closed early
    void proxy_viewerThatComesLateAndRestarts_getsWhatLastsAndTheGroupEachTime() throws Exception {
        everything();
        int port;
        try (var first = new MessageProxyServer(vertx, 0);
                var _ = started(first.port())) {
            port = first.port();
            Eventually.holds("all of the stream", () -> hasAll(first.messages()));
            frame(3, false);
            Eventually.holds("a further frame", () -> frames(first.messages()).equals(List.of(2L, 3L)));
            assertThat(first.calls())
                    .containsExactly("HTTP_2 /rerun.sdk_comms.v1alpha1.MessageProxyService/WriteMessages"
                            + " application/grpc trailers");
            first.close();
            Eventually.holds("its end", () -> told.size() > 1);
            try (var second = new MessageProxyServer(vertx, port)) {
                Eventually.holds("all of the stream again", () -> hasAll(second.messages()));
                assertThat(frames(second.messages())).containsExactly(2L, 3L);
            }
        }
        assertThat(told.getFirst()).isEqualTo("rerun+http://127.0.0.1:" + port + "/proxy takes the stream");
        assertThat(told.get(1)).endsWith("; tried again every second");
    }

    @Test
    void proxy_viewerThatRefuses_isSaid() throws Exception {
        everything();
        try (var server = new MessageProxyServer(vertx, 0)) {
            server.refuseWith(12);
            try (var _ = started(server.port())) {
                Eventually.holds("a word", () -> told.stream().anyMatch(line -> line.contains("grpc-status 12;")));
            }
        }
        assertThatThrownBy(() -> new ProxyClient(vertx, URI.create("http://127.0.0.1:1"), log, told::add))
                .hasMessage("a viewer is rerun+http://HOST:PORT/proxy, was http://127.0.0.1:1");
    }

    @Test
    @SuppressWarnings("try") // closed early
    void server_viewersByFileAndByCall_getTheSame() throws Exception {
        everything();
        try (var server = RerunServer.start(vertx, 0, "drone", log);
                var http = HttpClient.newHttpClient()) {
            String address = "http://localhost:" + server.port();
            assertThat(server.addresses()).isEqualTo("""
                            http://127.0.0.1:%1$d/drone.rrd
                            rerun+http://127.0.0.1:%1$d/proxy""".formatted(server.port()));
            var file = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/drone.rrd"))
                            .header("Origin", "http://localhost:8000")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(file.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:8000");
            read(file.body(), RrdReader::items, this::hasAll);
            var call = http.send(
                    HttpRequest.newBuilder(URI.create(address + MessageProxy.READ))
                            .header("Content-Type", "application/grpc-web+proto")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(call.headers().firstValue("Content-Type")).hasValue("application/grpc-web+proto");
            read(call.body(), MessageProxyServer::messages, this::hasAll);
            assertThat(server.viewers()).isEqualTo(2);

            file.body().close();
            Eventually.holds("the viewer's leave", () -> log.viewers() == 1);
            server.close();
            assertThat(new String(call.body().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .endsWith("grpc-status:0\r\n");
        }
    }

    @Test
    void server_pageOfAnotherMachine_isRefused() throws Exception {
        try (var server = RerunServer.start(vertx, 0, "drone", log)) {
            assertThat(status(server, "Host: 127.0.0.1\r\nOrigin: https://example.com"))
                    .contains(" 403 ");
            assertThat(status(server, "Host: drone.example.com")).contains(" 403 ");
            assertThat(status(server, "Host: localhost\r\nOrigin: null")).contains(" 403 ");
            assertThat(status(server, "Host: localhost")).contains(" 200 ");
        }
    }

    private static String status(RerunServer server, String headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET /drone.rrd HTTP/1.1\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
        }
    }

    private ProxyClient started(int port) {
        var client = new ProxyClient(vertx, URI.create("rerun+http://127.0.0.1:" + port + "/proxy"), log, told::add);
        client.start();
        return client;
    }

    /// Two groups, every message of the bus between them: viewers begin with the second.
    private void everything() {
        frame(0, true);
        frame(1, false);
        ExampleMessages.all().forEach(recording::add);
        recording.refresh();
        frame(2, true);
    }

    private void frame(int number, boolean idr) {
        var stamp = new FrameStamp(
                new FrameId("drone", ExampleMessages.SESSION, number), CAPTURED + number, CaptureClock.SENDER);
        recording.add(new AccessUnit(VideoCodec.H264, ANNEX_B, idr, number * 3_000L, Optional.of(stamp)), stamp);
    }

    private boolean hasAll(List<RrdReader.Item> messages) {
        return !messages.isEmpty()
                && messages.getFirst().kind() == LogMessage.STORE_INFO
                && has(messages, "VideoStream:codec")
                && has(messages, "AnnotationContext:context")
                && has(messages, "Pinhole:image_from_camera")
                && has(messages, "LineStrips3D:strips")
                && frames(messages).contains(2L);
    }

    private static boolean has(List<RrdReader.Item> messages, String column) {
        return chunks(messages).stream().anyMatch(chunk -> chunk.columns().contains(column));
    }

    /// The numbers of the frames that came.
    private static List<Long> frames(List<RrdReader.Item> messages) {
        return chunks(messages).stream()
                .filter(chunk -> chunk.columns().equals(FRAME_ROW))
                .map(chunk -> chunk.buffer(3).getLong(0))
                .toList();
    }

    private static List<ReadChunk> chunks(List<RrdReader.Item> messages) {
        return messages.stream()
                .filter(message -> message.kind() == LogMessage.ARROW)
                .map(message -> {
                    try {
                        return ReadChunk.of(message.content());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static void read(
            InputStream in, Function<byte[], List<RrdReader.Item>> reader, Predicate<List<RrdReader.Item>> enough)
            throws IOException {
        var all = new ByteArrayOutputStream();
        while (all.size() < 12 || !enough.test(reader.apply(all.toByteArray()))) {
            int next = in.read();
            assertThat(next).as("the stream goes on").isNotNegative();
            all.write(next);
            byte[] more = new byte[in.available()];
            all.write(more, 0, Math.max(0, in.read(more)));
        }
    }
}
