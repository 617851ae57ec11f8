package dev.aerie.ingest.live;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.bus.BrokerResource;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.WorkerStatus;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TestBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What workers say of a stream on the bus is read on the page at that stream, also by one who joins late; and the
/// page asks them to restart.
@QuarkusTest
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
final class DashboardWorkersIT {

    private static TestBrowser browser;

    @TestHTTPResource("/")
    String address;

    TestBroker broker;

    private final List<Message> heard = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void openBrowser() {
        browser = new TestBrowser();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void workers_statusesOnTheBus_areListedAtTheStream() {
        putSource("watched");
        try (var connection = broker.connect("test");
                var worker = new LivePublisher(connection, 10);
                var page = browser.newPage()) {
            worker.start();
            page.navigate(address + "#watched");
            tell(worker, "watched", WorkerStatus.State.FAILED);

            page.waitForSelector(".workers:has-text('frame-processor failed, tries again')");
            page.waitForSelector(".workers .problem:has-text('no memory left')");

            tell(worker, "watched", WorkerStatus.State.GIVEN_BACK);
            page.waitForSelector(".workers:has-text('gave the stream back')");
            try (var late = browser.newPage()) {
                late.navigate(address + "#watched");
                late.waitForSelector(".workers .problem:has-text('no memory left')");
            }

            tell(worker, "watched", WorkerStatus.State.RUNNING);
            page.waitForSelector(".workers:has-text('frame-processor runs')");
            assertThat(page.locator(".workers .problem:visible").count()).isZero();
        }
        when().delete("/api/streams/watched").then().statusCode(204);
    }

    @Test
    void restart_byButtonAndOverHttp_isARequestOnTheBus() {
        putSource("restarted");
        try (var connection = broker.connect("test");
                var listener = new LiveSubscriber(
                        connection,
                        List.of(Exchanges.RESTART),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, body) -> heard.add(Messages.read(body)));
                var page = browser.newPage()) {
            listener.start();
            Eventually.holds("subscribed", listener::isSubscribed);
            Eventually.holds("ready", () -> when().get("/q/health/ready").statusCode() == 200);
            given().contentType("application/json")
                    .body("{\"service\":\"slam-service\",\"reason\":\"the map is upside down\"}")
                    .post("/api/streams/restarted/restart")
                    .then()
                    .statusCode(202);
            Eventually.holds("asked over HTTP", () -> isAsked("slam-service", "the map is upside down"));

            page.navigate(address + "#restarted");
            page.click(".card:has-text('restarted') summary");
            page.click(".card:has-text('restarted') [data-service=frame-processor]");
            page.waitForSelector(".note:has-text('frame-processor was asked to restart')");
            Eventually.holds("asked by the button", () -> isAsked("frame-processor", "asked on the dashboard"));
        }
        when().delete("/api/streams/restarted").then().statusCode(204);
    }

    private boolean isAsked(String service, String reason) {
        return heard.stream()
                .map(RestartRequest.class::cast)
                .anyMatch(request -> service.equals(request.service())
                        && request.reason().equals(reason)
                        && "restarted".equals(request.envelope().stream()));
    }

    /// Until the server has heard it.
    private static void tell(LivePublisher worker, String stream, WorkerStatus.State state) {
        Eventually.holds("heard " + state, () -> {
            worker.publish(ExampleMessages.workerStatus(state, stream, ExampleMessages.SESSION));
            List<String> states = when().get("/api/streams/" + stream).path("workers.state");
            return states.equals(List.of(state.name().toLowerCase(Locale.ROOT)));
        });
    }

    private static void putSource(String stream) {
        given().contentType("application/json")
                .body("{\"type\":\"test\",\"width\":128,\"height\":96}")
                .put("/api/streams/" + stream)
                .then()
                .statusCode(200);
    }
}
