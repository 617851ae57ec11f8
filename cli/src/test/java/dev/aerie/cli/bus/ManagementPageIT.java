package dev.aerie.cli.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.aerie.host.Ports;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.InspectQueues;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.PlainClient;
import dev.aerie.messages.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// RabbitMQ's management page shows whose each queue is, and results by "Get messages".
///
/// `-Daerie.screenshots=demo` runs a demo on that broker and makes the screenshots of `docs/messages.md` anew;
/// `-Daerie.screenshots=examples` makes them of the example messages that are looked at otherwise.
final class ManagementPageIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path ROOT = Path.of(System.getProperty("aerie.root"));
    private static final Path IMAGES = ROOT.resolve("docs/images");
    private static final String INSPECTED = InspectQueues.queueOf(Exchanges.PROCESSED_FRAMES);
    private static final List<Path> CHROMIUMS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private final int pagePort = Ports.free();

    @Test
    void page_ofARunningFleet_namesItsQueuesAndShowsAResult() throws Exception {
        Optional<Path> chromium = CHROMIUMS.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(chromium.isPresent(), "skipped: no Chromium on this machine");
        try (var broker = TestBroker.withManagementPage(pagePort);
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium.get())
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")))) {
            Eventually.holds("the page is served", LIMIT, () -> Ports.accepts("127.0.0.1", pagePort));
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
            if ("demo".equals(System.getProperty("aerie.screenshots"))) {
                lookAtADemo(broker, page);
            } else {
                lookAtExamples(broker, page);
            }
        }
    }

    private void lookAtExamples(TestBroker broker, Page page) throws Exception {
        try (var connection = broker.connect("ingest-server laptop");
                var inspect = new InspectQueues(connection, Exchanges.ALL);
                var work = new StreamWorkPublisher(connection, Exchanges.STREAM_WORKERS);
                var dashboard = reader(connection, "dashboard.laptop", Exchanges.ALL);
                var events = reader(
                        connection,
                        "frame-processor.laptop.events",
                        List.of(Exchanges.STREAM_EVENTS, Exchanges.RESTART));
                var publisher = new LivePublisher(connection, 100)) {
            inspect.start();
            work.start();
            dashboard.start();
            events.start();
            publisher.start();
            work.started(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", ExampleMessages.SESSION));
            Eventually.holds(
                    "ready", LIMIT, () -> inspect.areKept() && dashboard.isSubscribed() && events.isSubscribed());
            ExampleMessages.all().forEach(publisher::publish);
            look(page, System.getProperty("aerie.screenshots") != null);
        }
    }

    private static LiveSubscriber reader(BrokerConnection connection, String queue, List<String> exchanges) {
        return new LiveSubscriber(connection, queue, exchanges, LiveSubscriber.Bounds.DEFAULT, (_, _) -> {});
    }

    private void lookAtADemo(TestBroker broker, Page page) throws Exception {
        Path log = Files.createTempFile("aerie-demo", ".log");
        var builder = new ProcessBuilder(ROOT.resolve("aerie").toString(), "demo", "--seconds", "75", "--headless")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of("RABBITMQ_URL", broker.url(), "INSPECT_QUEUES", "true", "INSTANCE", "laptop"));
        Process demo = builder.start();
        try {
            try (var plain = new PlainClient(broker.url())) {
                Eventually.holds("results", Duration.ofMinutes(8), () -> plain.waiting(INSPECTED) >= 50);
            }
            look(page, true);
            assertThat(demo.waitFor(4, TimeUnit.MINUTES)).as("see " + log).isTrue();
        } finally {
            demo.descendants().forEach(ProcessHandle::destroy);
            demo.destroy();
        }
    }

    private void look(Page page, boolean take) {
        logIn(page);
        page.navigate(url("#/queues"));
        for (String queue : Stream.concat(
                        Stream.of("dashboard.laptop", "frame-processor.streams"),
                        Exchanges.ALL.stream().map(InspectQueues::queueOf))
                .toList()) {
            Locator row = page.locator("table.list a").filter(new Locator.FilterOptions().setHasText(queue));
            row.first().waitFor();
        }
        screenshot(page, take, "rabbitmq-queues.png");
        page.navigate(url("#/queues/%2F/" + INSPECTED));
        Locator section = page.locator("div.section-hidden, div.section-visible, div.section")
                .filter(new Locator.FilterOptions().setHasText("Get Message(s)"))
                .last();
        section.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        if (!page.locator("form[action='#/queues/get']").isVisible()) {
            section.locator("h2").first().click();
        }
        page.locator("form[action='#/queues/get'] input[type=submit]").click();
        Locator message = page.locator("#msg-wrapper");
        message.locator("pre").first().waitFor();
        assertThat(message.textContent()).contains("aerie.frame_result/1", "frame-processor/", "\"frame_number\"");
        page.evaluate("document.querySelector(\"form[action='#/queues/get']\").scrollIntoView()");
        screenshot(page, take, "rabbitmq-message.png");
    }

    private void logIn(Page page) {
        page.navigate(url(""));
        page.locator("input[name=username]").fill("guest");
        page.locator("input[name=password]").fill("guest");
        page.locator("input[type=submit]").click();
        page.locator("#menu, #tabs").first().waitFor();
    }

    private static void screenshot(Page page, boolean take, String name) {
        if (take) {
            page.waitForTimeout(6_000); // the page counts rates over its own five seconds
            page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name)));
        }
    }

    private String url(String place) {
        return "http://127.0.0.1:" + pagePort + "/" + place;
    }
}
