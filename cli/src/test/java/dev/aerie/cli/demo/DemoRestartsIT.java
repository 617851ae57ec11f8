package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Installation;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@Timeout(400)
@ExtendWith(OneDemo.class)
class DemoRestartsIT {

    /// What other tests of this JVM run beside: a broker that they share.
    private final Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());

    private static final int SLAM_PORT = 5003;
    private static final List<String> PARTS =
            List.of("frame-processor", "slam-service", "storage-service", "drone", "ingest-server", "broker");

    /// Without its work a part may be for so long, on a machine that nobody else uses.
    private static final double MAX_SECONDS = 15;

    private static final Duration LIMIT = Duration.ofSeconds(100);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void run_everyPartIsKilledOnce_eachWorksAgainAndTheDemoGoesOn() throws Exception {
        double seconds = MAX_SECONDS / Math.max(0.2, Machine.look().freeShare());
        var demo = new Demo(
                Installation.ofThisProcess(), Map.of(), new PrintStream(printed, true, StandardCharsets.UTF_8));
        var status = CompletableFuture.supplyAsync(() -> run(demo));
        await("the flight", () -> demo.flying().isPresent() || status.isDone());
        assertThat(status).as(text()).isNotDone();

        for (String part : PARTS) {
            kill(demo, part);
            assertThat(secondsUntilItWorks(part)).as(part).isLessThan(seconds);
        }
        await("poses after the restarts", () -> poses() > 0); // a demo of 30 s without any is not in order
        demo.stop();

        assertThat(status.get()).as(text()).isZero();
        JsonNode summary = new ObjectMapper().readTree(text().lines().toList().getLast());
        assertThat(summary.path("ok").booleanValue()).isTrue();
        PARTS.forEach(part -> assertThat(summary.path("restarts").path(part).intValue())
                .as(part)
                .isEqualTo(1));
        assertThat(summary.path("idle")).isEmpty();
        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .isEmpty();
    }

    private static double poses() {
        try {
            return ServiceApi.onLoopback(SLAM_PORT).metrics().getOrDefault("aerie_slam_tracked_total", 0.0);
        } catch (IOException _) {
            return 0;
        }
    }

    private void kill(Demo demo, String part) throws InterruptedException {
        var process = demo.flying().flatMap(fleet -> fleet.process(part)).orElseThrow();
        process.destroyForcibly();
        await(part + " is missed", () -> text().contains("aerie: " + part + " has ended by signal 9"));
    }

    private double secondsUntilItWorks(String part) throws InterruptedException {
        var line = Pattern.compile("aerie: " + part + " works again after ([0-9.]+) s");
        await(part + " works again", () -> line.matcher(text()).find());
        Matcher told = line.matcher(text());
        assertThat(told.find()).isTrue();
        return Double.parseDouble(told.group(1));
    }

    private static int run(Demo demo) {
        return new CommandLine(demo).execute("--seconds", "360", "--headless", "--offline", "--json");
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        Eventually.holds(() -> what + " in: " + text(), LIMIT, condition);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
