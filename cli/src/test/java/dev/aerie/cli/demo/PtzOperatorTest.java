package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.Box;
import dev.aerie.simulator.ptz.PtzTruth;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PtzOperatorTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final VisibleBody NEAR = new VisibleBody(1, "person", new Box(300, 150, 20, 60), 1);
    private static final VisibleBody FAR = new VisibleBody(2, "person", new Box(20, 150, 20, 60), 1);
    private static final VisibleBody CAR = new VisibleBody(3, "car", new Box(310, 170, 40, 40), 1);

    @TempDir
    private Path folder;

    private final AtomicReference<String> target = new AtomicReference<>("{\"state\": \"idle\"}");
    private final AtomicReference<Optional<String>> clicked = new AtomicReference<>(Optional.empty());
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/ptz/ptz-1/", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                clicked.set(Optional.of(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            }
            byte[] answer = ("{\"target\": " + target.get() + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void look_nobodyIsFollowed_clicksOnThePersonNearestToTheMiddleOfTheNewestFrame() throws IOException {
        write(line(FAR) + "\n" + line(FAR, NEAR, CAR) + "\n" + line(FAR).substring(0, 40));

        assertThat(operator().look()).isTrue();

        var body = new ObjectMapper().readTree(clicked.get().orElseThrow());
        assertThat(body.get("x").asDouble()).isEqualTo(310.0 / 640);
        assertThat(body.get("y").asDouble()).isEqualTo(180.0 / 360);
    }

    @Test
    void look_somebodyIsFollowed_doesNotClick() throws IOException {
        write(line(NEAR) + "\n");
        target.set("{\"state\": \"following\", \"object_id\": 7, \"lost\": false}");

        assertThat(operator().look()).isFalse();
        assertThat(clicked.get()).isEmpty();
    }

    @Test
    void look_theTargetIsLost_clicksAgain() throws IOException {
        write(line(NEAR) + "\n");
        target.set("{\"state\": \"searching\", \"object_id\": 7, \"lost\": true}");

        assertThat(operator().look()).isTrue();
    }

    @Test
    void look_noFrameYetOrNobodyInIt_doesNotClick() throws IOException {
        assertThat(operator().look()).isFalse();

        write(line(CAR) + "\n");

        assertThat(operator().look()).isFalse();
        assertThat(clicked.get()).isEmpty();
    }

    private PtzOperator operator() {
        return new PtzOperator(ServiceApi.onLoopback(service.getAddress().getPort()), "ptz-1", truth());
    }

    private Path truth() {
        return folder.resolve("truth.jsonl");
    }

    private void write(String lines) throws IOException {
        Files.writeString(truth(), lines);
    }

    private static String line(VisibleBody... bodies) {
        return new PtzTruth("ptz-1", 0, 0, 1, 0, FrameTruth.of(1, SIZE, List.of(bodies))).toJson();
    }
}
