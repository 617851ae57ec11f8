package dev.aerie.ingest.bus;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.testing.SocketClient;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.ImuSample;
import dev.aerie.messages.Message;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.messages.testing.TestBroker;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits;
import dev.aerie.video.AccessUnit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
final class BrokerOutageIT {

    private static final String IMU =
            "{\"frame\":\"FRD\",\"angular_velocity\":[0,0,0.1],\"linear_acceleration\":[0,0,-9.8]}";

    @TestHTTPResource("/")
    URI server;

    @Inject
    Relay relay;

    TestBroker broker;

    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final List<String> assigned = new CopyOnWriteArrayList<>();

    @Test
    void brokerKilledAndRestartedUnderLoad_videoFlowsLivenessIsGreenReadinessHonest() {
        try (var connection = broker.connect("test");
                var events = listener(connection, Exchanges.STREAM_EVENTS);
                var samples = listener(connection, Exchanges.IMU);
                var work = new StreamWorkQueue(connection, "frame-processor", 10, worker());
                var imu = new SocketClient(SocketClient.uri(server.getPort(), "/ws/imu/before"))) {
            events.start();
            samples.start();
            work.start();
            Eventually.holds("ready", () -> events.isSubscribed() && samples.isSubscribed() && isReady());
            put("before");
            Eventually.holds("heard of it", () -> hasStarted("before") && assigned.contains("before"));
            imu.send(IMU);
            Eventually.holds("imu", () -> heard.stream().anyMatch(ImuSample.class::isInstance));
            var watched = new Watched();
            relay.find("before").orElseThrow().subscribe(watched);

            broker.kill();
            Eventually.holds("not ready", () -> !isReady());
            when().get("/q/health/live").then().statusCode(200);
            put("during");
            for (int i = 0; i < 1000; i++) {
                imu.send(IMU);
            }
            watched.expectMore(60);

            broker.restart();
            Eventually.holds("ready again", this::isReady);
            Eventually.holds("what happened meanwhile is told", () -> hasStarted("during"));
            Eventually.holds("and given to the workers", () -> assigned.contains("during"));
            heard.clear();
            Eventually.holds("imu again", () -> {
                imu.send(IMU);
                return heard.stream().anyMatch(ImuSample.class::isInstance);
            });
            watched.expectMore(1);
            assertThat(watched.gaps.get()).isZero();
        }
    }

    @Test
    void identity_throughRtsp_isTheOneThatTheApiNames() throws Exception {
        put("identity");
        var url = Eventually.gives(
                "live",
                () -> when().get("/api/streams/identity").path("state").equals("live")
                        ? (String) when().get("/api/streams/identity").path("rtsp_url")
                        : "",
                found -> !found.isEmpty());
        String session = when().get("/api/streams/identity").path("session");
        try (var consumer = FfmpegAccessUnits.of(RtspConfig.of("identity", url)).open()) {
            long first = consumer.next().stamp().orElseThrow().id().frameNumber();
            for (long number = first + 1; number < first + 45; number++) {
                var id = consumer.next().stamp().orElseThrow().id();
                assertThat(id.session()).isEqualTo(session);
                assertThat(id.frameNumber()).isEqualTo(number);
            }
        }
    }

    private DurableBatchSubscriber listener(BrokerConnection connection, String exchange) {
        return new DurableBatchSubscriber(
                connection,
                "test.outage." + exchange,
                List.of(exchange),
                DurableBatchSubscriber.Batches.DEFAULT,
                bodies -> bodies.forEach(body -> heard.add(MessageSchemas.assertValid(exchange, body))));
    }

    private static void put(String stream) {
        given().contentType("application/json")
                .body("{\"type\":\"test\",\"width\":128,\"height\":96}")
                .put("/api/streams/" + stream)
                .then()
                .statusCode(200);
    }

    private boolean isReady() {
        return when().get("/q/health/ready").statusCode() == 200;
    }

    private boolean hasStarted(String stream) {
        return heard.stream()
                .anyMatch(message -> message instanceof StreamEvent event
                        && event.event() == StreamEvent.Kind.STARTED
                        && stream.equals(event.envelope().stream()));
    }

    private StreamWorkQueue.Worker worker() {
        return new StreamWorkQueue.Worker() {
            @Override
            public void assigned(StreamAssignment assignment) {
                assigned.add(assignment.stream());
            }

            @Override
            public void revoked(StreamAssignment assignment) {}
        };
    }

    /// Counts frames, and those that are missing between them.
    private static final class Watched implements RelayReader {

        private final AtomicLong frames = new AtomicLong();
        private final AtomicLong gaps = new AtomicLong();
        private volatile long next = -1;

        @Override
        public void accept(AccessUnit unit) {
            long number = unit.stamp().orElseThrow().id().frameNumber();
            if (next >= 0 && number != next) {
                gaps.incrementAndGet();
            }
            next = number + 1;
            frames.incrementAndGet();
        }

        @Override
        public void ended() {
            gaps.incrementAndGet();
        }

        void expectMore(int count) {
            long enough = frames.get() + count;
            Eventually.holds(count + " more frames", () -> frames.get() >= enough);
        }
    }
}
