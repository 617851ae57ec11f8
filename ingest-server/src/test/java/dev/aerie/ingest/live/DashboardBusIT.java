package dev.aerie.ingest.live;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.aerie.ingest.bus.BrokerResource;
import dev.aerie.messages.Alert;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Between the bus and the pages: what workers say of a stream is read at that stream, also by one who joins late; the
/// page asks them to restart; a rule made on a page, with a zone drawn on live video, leads to an alert on the bus and
/// on the pages.
@QuarkusTest
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
final class DashboardBusIT extends InChromium {

    @TestHTTPResource("/")
    String address;

    TestBroker broker;

    private final List<Message> heard = new CopyOnWriteArrayList<>();

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

    @Test
    void rule_drawnOnThePage_leadsToAlertsOnTheBusAndThePages() {
        given().contentType("application/json")
                .body("{\"type\":\"test\",\"width\":320,\"height\":180,\"fps\":10}")
                .put("/api/streams/drone")
                .then()
                .statusCode(200);
        try (var connection = broker.connect("test");
                var processor = new LivePublisher(connection, 10);
                var listener = new LiveSubscriber(
                        connection,
                        List.of(Exchanges.ALERTS),
                        LiveSubscriber.Bounds.DEFAULT,
                        (_, body) -> heard.add(Messages.read(body)));
                var page = browser.newPage()) {
            processor.start();
            listener.start();
            Eventually.holds("subscribed", listener::isSubscribed);
            Eventually.holds("ready", () -> when().get("/q/health/ready").statusCode() == 200);
            page.setViewportSize(1280, 900);
            drawRule(page);
            FrameResult result = ExampleMessages.frameResult();

            Eventually.holds("alert on the bus", () -> {
                processor.publish(result);
                return !heard.isEmpty();
            });

            assertThat(heard).allSatisfy(message -> {
                assertThat(message).isInstanceOf(Alert.class);
                assertThat(((Alert) message).rule()).isEqualTo("gate");
                assertThat(((Alert) message).objectId()).isEqualTo(7);
                assertThat(message.envelope().frameId())
                        .isEqualTo(result.envelope().frameId());
            });
            page.waitForSelector("#alerts .alert:has-text('drone · gate: person 7')");
            page.waitForSelector("#state:has-text('1 alert now')");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "alerts.png")));
            page.click("#alerts .alert a");
            page.waitForSelector("#alerts-panel .alert:has-text('gate: person 7')");
        }
        when().delete("/api/alerts/rules/gate").then().statusCode(204);
        when().delete("/api/streams/drone").then().statusCode(204);
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

    /// Around the person of the example, whose feet are at (0.51, 0.69) of the frame.
    private void drawRule(Page page) {
        page.navigate(address + "alerts.html");
        page.waitForSelector(
                "#stream option[value=drone]",
                new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        page.selectOption("#stream", "drone");
        page.waitForFunction("() => document.querySelector('#zone-note').hidden");
        page.fill("#name", "gate");
        page.fill("#labels", "person");
        double width = page.locator("#drawing").boundingBox().width;
        double height = page.locator("#drawing").boundingBox().height;
        for (double[] corner : new double[][] {{0.3, 0.5}, {0.7, 0.5}, {0.7, 0.9}, {0.3, 0.9}}) {
            page.locator("#drawing")
                    .click(new Locator.ClickOptions().setPosition(corner[0] * width, corner[1] * height));
        }
        page.click("#form button[type=submit]");
        page.waitForSelector("#rules tr:has-text('in a zone of 4 corners')");
    }
}
